import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type BlobStorage, startBlobStorage } from './azurite.ts';

export interface StoredArtifact {
  id: number;
  name: string;
  run: string;
  job: string;
  size: number;
  digest: string | null;
  finalized: boolean;
  expiresAt: string | null;
}

export interface ArtifactService {
  url: string;
  artifacts: StoredArtifact[];
  /** Methods that were called, in order. */
  calls: string[];
  /** What the next calls are refused with, for a service that is in trouble. */
  refusals: { status: number; msg: string }[];
  /** What the next finished uploads are said to hash to, as if they had been damaged on their way. */
  damages: string[];
  signUrl(artifact: StoredArtifact): string;
  close(): Promise<void>;
}

const servicePath = '/twirp/github.actions.results.api.v1.ArtifactService/';

/** GitHub's artifact service as the runner meets it: Twirp over JSON (snake_case, int64 as strings), blobs in Azurite. */
export async function startArtifactService(): Promise<ArtifactService> {
  const storage = await startBlobStorage();
  const service: Book = { artifacts: [], calls: [], refusals: [], damages: [] };
  const handle = createHandler(service, storage);
  const server = createServer((request, response) => {
    handle(request).then(
      ([status, body]) => send(response, status, body),
      (error: unknown) => send(response, 500, { code: 'internal', msg: String(error) }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    ...service,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    signUrl: (artifact) => storage.signUrl(blobName(artifact)),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await storage.close();
    },
  };
}

type Book = Pick<ArtifactService, 'artifacts' | 'calls' | 'refusals' | 'damages'>;
type Fields = Record<string, unknown>;
type Answer = [status: number, body: Fields];

function createHandler({ artifacts, calls, refusals, damages }: Book, storage: BlobStorage) {
  const find = ({ name, workflow_run_backend_id: run }: Fields) =>
    artifacts.find((it) => it.name === name && it.run === run);
  const notFound: Answer = [404, { code: 'not_found', msg: 'artifact not found' }];

  const methods: Record<string, (fields: Fields) => Answer> = {
    CreateArtifact(fields) {
      if (find(fields))
        return [409, { code: 'already_exists', msg: 'an artifact with this name already exists' }];
      const artifact: StoredArtifact = {
        id: 7000 + artifacts.length,
        name: String(fields.name),
        run: String(fields.workflow_run_backend_id),
        job: String(fields.workflow_job_run_backend_id),
        size: 0,
        digest: null,
        finalized: false,
        expiresAt: fields.expires_at === undefined ? null : String(fields.expires_at),
      };
      artifacts.push(artifact);
      return [200, { ok: true, signed_upload_url: storage.signUrl(blobName(artifact)) }];
    },
    FinalizeArtifact(fields) {
      const artifact = find(fields);
      if (artifact === undefined) return notFound;
      Object.assign(artifact, {
        finalized: true,
        size: Number(fields.size),
        digest: damages.shift() ?? String(fields.hash),
      });
      return [200, { ok: true, artifact_id: String(artifact.id) }];
    },
    ListArtifacts(fields) {
      const listed = artifacts.filter(
        (it) =>
          it.finalized &&
          it.run === fields.workflow_run_backend_id &&
          (fields.name_filter === undefined || it.name === fields.name_filter),
      );
      return [200, { artifacts: listed.map(describe) }];
    },
    GetSignedArtifactURL(fields) {
      const artifact = find(fields);
      return artifact === undefined ? notFound : [200, { signed_url: storage.signUrl(blobName(artifact)) }];
    },
    DeleteArtifact(fields) {
      const artifact = find(fields);
      if (artifact === undefined) return notFound;
      artifacts.splice(artifacts.indexOf(artifact), 1);
      return [200, { ok: true, artifact_id: String(artifact.id) }];
    },
  };

  return async (request: IncomingMessage): Promise<Answer> => {
    const name = request.url?.startsWith(servicePath) ? request.url.slice(servicePath.length) : '';
    const method = methods[name];
    const fields = JSON.parse((await text(request)) || '{}');
    if (method === undefined) return [404, { code: 'bad_route', msg: `no such method: ${request.url}` }];
    if (!request.headers.authorization?.startsWith('Bearer '))
      return [401, { code: 'unauthenticated', msg: 'no token' }];
    calls.push(name);
    const refusal = refusals.shift();
    return refusal === undefined
      ? method(fields)
      : [refusal.status, { code: 'unavailable', msg: refusal.msg }];
  };
}

function describe({ run, job, id, name, size, digest }: StoredArtifact): Fields {
  return {
    workflow_run_backend_id: run,
    workflow_job_run_backend_id: job,
    database_id: String(id),
    name,
    size: String(size),
    created_at: new Date().toISOString(),
    digest,
  };
}

function blobName({ id }: StoredArtifact): string {
  return `artifact-${id}.zip`;
}

function send(response: ServerResponse, status: number, body: Fields): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
