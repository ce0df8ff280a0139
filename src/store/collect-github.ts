import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import { request } from 'undici';
import { z } from 'zod';
import { type WorkflowRun, workflowRun } from './collect-trust.ts';
import { UnfitArtifact } from './collect-unfit.ts';
import { findWaitSeconds, type Refusal } from './github/try-again.ts';
import { InputError } from './input-error.ts';

const repository = z.object({ id: z.int(), default_branch: z.string() });

export const artifact = z.object({
  id: z.int(),
  name: z.string(),
  size_in_bytes: z.int().nonnegative(),
  expired: z.boolean(),
  created_at: z.iso.datetime().nullable(),
  digest: z.string().nullish(),
  workflow_run: z
    .object({
      id: z.int(),
      repository_id: z.int().nullish(),
      head_repository_id: z.int().nullish(),
      head_branch: z.string().nullish(),
    })
    .nullable(),
});
export type Artifact = z.infer<typeof artifact>;

const artifactPage = z.object({ artifacts: z.array(artifact) });

/** The code of the error where GitHub has no such thing, or hides it. */
export const notFound = 'github-not-found';

export interface GithubArtifacts {
  defaultBranch(): Promise<string>;
  /** Newest first, as the API lists them, until all of a page were made before `since`. */
  list(since?: Date): AsyncIterable<Artifact>;
  workflowRun(id: number): Promise<WorkflowRun>;
  /** Writes the zip of an artifact to `path`; more than `maxBytes`, or other bytes than the API announced, are refused. */
  download(wanted: Artifact, path: string, maxBytes: number): Promise<void>;
}

export interface GithubAccess {
  /** `owner/name` */
  repository: string;
  token: string | null;
  /** e.g. `https://api.github.com` */
  apiUrl: string;
}

const pageSize = 100;
const redirects = [301, 302, 303, 307, 308];
const mostAttempts = 4;
/** A job waits for a secondary limit, but not the hour that a used-up one may take. */
const longestWaitSeconds = 300;

/** Reads the artifacts of a repository over GitHub's REST API. Its answers are validated; a refusal is an InputError. */
export function openGithubArtifacts(access: GithubAccess): GithubArtifacts {
  const root = `${access.apiUrl.replace(/\/+$/, '')}/repos/${access.repository}`;
  const headers = {
    accept: 'application/vnd.github+json',
    'x-github-api-version': '2022-11-28',
    'user-agent': 'herdmark',
    ...(access.token === null ? {} : { authorization: `Bearer ${access.token}` }),
  };
  const ask = async (path: string) => {
    const { statusCode: status, headers: said, body } = await request(`${root}${path}`, { headers });
    return { status, headers: said, text: await body.text() };
  };
  const read = async <T>(path: string, schema: z.ZodType<T>): Promise<T> => {
    for (let attempt = 1; ; attempt++) {
      const answer = await ask(path).catch((cause: unknown) => {
        if (!isNetworkFault(cause)) throw cause;
        if (attempt === mostAttempts) throw explainUnreachable(cause, access);
        return null;
      });
      if (answer === null) {
        await setTimeout(2 ** (attempt - 1) * 1000);
        continue;
      }
      const { status, text } = answer;
      if (status === 200) return schema.parse(JSON.parse(text));
      const refused = { status, headers: answer.headers, message: text };
      if (!(await waitToAskAgain(refused, attempt))) throw explainRefusal(status, access);
    }
  };

  return {
    defaultBranch: async () => (await read('', repository)).default_branch,
    async *list(since) {
      for (let page = 1; ; page++) {
        const { artifacts } = await read(
          `/actions/artifacts?per_page=${pageSize}&page=${page}`,
          artifactPage,
        );
        yield* artifacts;
        if (artifacts.length < pageSize || artifacts.every((it) => isBefore(it, since))) return;
      }
    },
    workflowRun: (id) => read(`/actions/runs/${id}`, workflowRun),
    download: (wanted, path, maxBytes) => explainBrokenOff(() => download(wanted, path, maxBytes)),
  };

  async function findZip({ id }: Artifact): Promise<string> {
    for (let attempt = 1; ; attempt++) {
      const {
        statusCode: status,
        headers: said,
        body,
      } = await request(`${root}/actions/artifacts/${id}/zip`, { headers });
      const message = await body.text();
      if (redirects.includes(status) && typeof said.location === 'string') return said.location;
      if (await waitToAskAgain({ status, headers: said, message }, attempt)) continue;
      // Where GitHub refuses us, all downloads would fail; else it is this artifact that cannot be had.
      if ([401, 403, 429].includes(status)) throw explainRefusal(status, access);
      throw new UnfitArtifact(`GitHub answered ${status} for its download`);
    }
  }

  async function download(wanted: Artifact, path: string, maxBytes: number): Promise<void> {
    const { digest } = wanted;
    const location = await findZip(wanted);
    // The blob storage that it points to is another host and signs its URLs: the token stays here.
    const blob = await request(location, { headers: { 'user-agent': 'herdmark' } });
    if (blob.statusCode !== 200) {
      await blob.body.dump();
      throw new UnfitArtifact(`its storage answered ${blob.statusCode}`);
    }
    const hash = createHash('sha256');
    await pipeline(blob.body, capBytes(maxBytes, hash), createWriteStream(path, { flags: 'wx' }));
    const received = `sha256:${hash.digest('hex')}`;
    if (digest && digest !== received)
      throw new UnfitArtifact(`it arrived as ${received}, but GitHub announced ${digest}`);
  }
}

/** Waits as long as GitHub asks to, or as an outage takes. False at once where asking again is no use. */
async function waitToAskAgain(refused: Refusal, attempt: number): Promise<boolean> {
  const seconds = findWaitSeconds(refused, attempt, true, new Date());
  if (seconds === null || seconds > longestWaitSeconds || attempt === mostAttempts) return false;
  await setTimeout(seconds * 1000);
  return true;
}

/** Whether an artifact was made before; one of which that is not known was not. */
export function isBefore({ created_at: createdAt }: Artifact, since: Date | undefined): boolean {
  return since !== undefined && createdAt !== null && new Date(createdAt) < since;
}

const networkFault = /^(UND_ERR_|ECONN|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EPIPE|ERR_STREAM_PREMATURE_CLOSE)/;

function isNetworkFault(cause: unknown): cause is Error {
  return cause instanceof Error && 'code' in cause && networkFault.test(String(cause.code));
}

function explainUnreachable(cause: Error, { apiUrl }: GithubAccess): InputError {
  return new InputError(
    'github-unreachable',
    `${apiUrl} cannot be reached (${cause.message}): check the network, or try again later.`,
    { cause },
  );
}

/** A network that fails once costs one artifact: the next time it is taken. */
async function explainBrokenOff(download: () => Promise<void>): Promise<void> {
  try {
    await download();
  } catch (cause) {
    if (isNetworkFault(cause)) {
      throw new UnfitArtifact(`its download broke off (${cause.message})`, { cause });
    }
    throw cause;
  }
}

function capBytes(maxBytes: number, hash: { update(chunk: Buffer): unknown }): Transform {
  let received = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      received += chunk.length;
      hash.update(chunk);
      if (received > maxBytes)
        done(new UnfitArtifact(`it is larger than the ${maxBytes} bytes that are taken`));
      else done(null, chunk);
    },
  });
}

function explainRefusal(status: number, { repository, token }: GithubAccess): InputError {
  const fix =
    status === 403 || status === 429
      ? 'The token may lack `actions: read`, or its hourly limit of requests is used up.'
      : status === 401 || status === 404
        ? `Check the name of the repository${token === null ? ', and give a token in GITHUB_TOKEN' : ' and that the token may read its actions'}.`
        : 'Try again later.';
  const code = status === 404 ? notFound : 'github-refused';
  return new InputError(code, `GitHub answered ${status} for ${repository}. ${fix}`);
}
