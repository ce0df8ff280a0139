import { setTimeout } from 'node:timers/promises';
import { request } from 'undici';
import { z } from 'zod';
import { toPlainLine } from '../../core/render/untrusted-text.ts';
import type { GithubAccess } from '../collect-github.ts';
import { InputError } from '../input-error.ts';
import { findWaitSeconds, type Refusal } from './try-again.ts';

/** A repository over GitHub's API. Paths begin behind `/repos/owner/name`; answers are validated. */
export interface GithubApi {
  get<T>(path: string, schema: z.ZodType<T>): Promise<T>;
  /** The items of all pages, in order. @param schema of one page, as the list of its items. */
  list<T>(path: string, schema: z.ZodType<T[]>): Promise<T[]>;
  create<T>(path: string, body: object, schema: z.ZodType<T>): Promise<T>;
  update<T>(path: string, body: object, schema: z.ZodType<T>): Promise<T>;
  remove(path: string): Promise<void>;
  /** Asks the GraphQL API, and returns its `data`. */
  query<T>(query: string, schema: z.ZodType<T>): Promise<T>;
}

export interface GithubApiAccess extends GithubAccess {
  /** e.g. `https://api.github.com/graphql` */
  graphqlUrl: string;
}

const pageSize = 100;
const mostAttempts = 4;
/** A job waits for a secondary limit, but not the hour that a used-up one may take. */
const longestWaitSeconds = 300;
const answerMs = 30_000;

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/**
 * Opens the API. A refusal is an InputError with GitHub's own words; where GitHub asks to wait, it is waited for.
 * @param wait takes seconds.
 */
export function openGithubApi(
  access: GithubApiAccess,
  wait: (seconds: number) => Promise<unknown> = (seconds) => setTimeout(seconds * 1000),
): GithubApi {
  const root = `${access.apiUrl.replace(/\/+$/, '')}/repos/${access.repository}`;
  const headers = {
    accept: 'application/vnd.github+json',
    'content-type': 'application/json',
    'x-github-api-version': '2022-11-28',
    'user-agent': 'herdmark',
    ...(access.token === null ? {} : { authorization: `Bearer ${access.token}` }),
  };

  const ask = async (
    method: Method,
    url: string,
    body?: object,
    repeatable = method !== 'POST',
  ): Promise<unknown> => {
    for (let attempt = 1; ; attempt++) {
      const answer = await request(url, {
        ...{ method, headers, headersTimeout: answerMs, bodyTimeout: answerMs },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.body.text();
      if (answer.statusCode >= 200 && answer.statusCode < 300) return text === '' ? null : JSON.parse(text);
      const refused = { status: answer.statusCode, headers: answer.headers, message: readMessage(text) };
      const seconds = findWaitSeconds(refused, attempt, repeatable, new Date());
      if (seconds === null || seconds > longestWaitSeconds || attempt === mostAttempts) {
        throw explainRefusal(refused, `${method} ${new URL(url).pathname}`, seconds);
      }
      await wait(seconds);
    }
  };

  return {
    get: async (path, schema) => schema.parse(await ask('GET', `${root}${path}`)),
    async list(path, schema) {
      const found = [];
      for (let page = 1; ; page++) {
        const query = `${path.includes('?') ? '&' : '?'}per_page=${pageSize}&page=${page}`;
        const items = schema.parse(await ask('GET', `${root}${path}${query}`));
        found.push(...items);
        if (items.length < pageSize) return found;
      }
    },
    create: async (path, body, schema) => schema.parse(await ask('POST', `${root}${path}`, body)),
    update: async (path, body, schema) => schema.parse(await ask('PATCH', `${root}${path}`, body)),
    async remove(path) {
      await ask('DELETE', `${root}${path}`);
    },
    async query(query, schema) {
      const answer = graphqlAnswer.parse(await ask('POST', access.graphqlUrl, { query }, true));
      if (answer.errors === undefined) return schema.parse(answer.data);
      const [first] = answer.errors;
      throw new InputError(
        'github-refused',
        `GitHub refused a query: ${toPlainLine(first?.message ?? 'it did not say why')}.`,
      );
    },
  };
}

const graphqlAnswer = z.object({
  data: z.unknown(),
  errors: z.array(z.object({ message: z.string() })).optional(),
});

const refusalBody = z.object({ message: z.string() });

function readMessage(body: string): string {
  try {
    return toPlainLine(refusalBody.parse(JSON.parse(body)).message);
  } catch {
    // A proxy in between may answer with a page.
    return '';
  }
}

function explainRefusal({ status, message }: Refusal, asked: string, waitSeconds: number | null): InputError {
  const said = message === '' ? '' : ` (${message})`;
  const fix =
    waitSeconds !== null
      ? `It asks to wait ${waitSeconds} seconds: run the job again later.`
      : [401, 403, 404].includes(status)
        ? 'The token needs `actions: read`, `pull-requests: write` to comment, and `checks: write` for a check.'
        : 'Try again later.';
  return new InputError('github-refused', `GitHub answered ${status} to ${asked}${said}. ${fix}`);
}
