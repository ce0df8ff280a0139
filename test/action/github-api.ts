import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WorkflowRun } from '../../src/store/collect-trust.ts';

export interface ListedArtifact {
  id: number;
  name: string;
  size_in_bytes: number;
  digest: string | null;
  expired: boolean;
  created_at: string;
  workflow_run: { id: number; repository_id?: number; head_repository_id?: number; head_branch?: string };
  /** Where the bytes are. */
  blobUrl: string;
}

export interface GithubApi {
  url: string;
  repository: string;
  artifacts: ListedArtifact[];
  runs: WorkflowRun[];
  /** Paths that were asked for. */
  asked: string[];
  /** The status with which a path behind the repository's is refused. */
  refusals: Map<string, number>;
  close(): Promise<void>;
}

export const goodToken = 'ghs_test';

/** A workflow run that may enter the history, with what a test wants otherwise. */
export function makeWorkflowRun(changes: Partial<WorkflowRun> = {}): WorkflowRun {
  return {
    id: 4242,
    event: 'schedule',
    path: '.github/workflows/nightly.yml',
    head_branch: 'main',
    repository: { id: 1 },
    head_repository: { id: 1 },
    ...changes,
  };
}

/** The part of GitHub's REST API that lists artifacts and leads to their bytes. */
export async function startGithubApi(): Promise<GithubApi> {
  const repository = 'acme/llm-bench';
  const api = {
    repository,
    artifacts: [],
    runs: [makeWorkflowRun()],
    asked: [],
    refusals: new Map(),
  } as Omit<GithubApi, 'url' | 'close'>;

  const answer = (path: string, page: number): [number, unknown, string?] => {
    const [, id, zip] = /^\/actions\/(?:artifacts|runs)\/(\d+)(\/zip)?$/.exec(path) ?? [];
    const found = <T extends { id: number }>(items: T[]) => items.find((it) => it.id === Number(id));
    const refused = api.refusals.get(path);
    if (refused !== undefined) return [refused, { message: 'No' }];
    if (path === '') return [200, { id: 1, default_branch: 'main' }];
    if (path === '/actions/artifacts')
      return [200, { artifacts: api.artifacts.slice((page - 1) * 100, page * 100) }];
    if (path.startsWith('/actions/runs/')) return [found(api.runs) ? 200 : 404, found(api.runs) ?? {}];
    const artifact = zip ? found(api.artifacts) : undefined;
    return artifact ? [302, {}, artifact.blobUrl] : [404, {}];
  };

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    api.asked.push(url.pathname);
    const root = `/repos/${repository}`;
    const isAllowed =
      request.headers.authorization === `Bearer ${goodToken}` && url.pathname.startsWith(root);
    const [status, body, location] = isAllowed
      ? answer(url.pathname.slice(root.length), Number(url.searchParams.get('page') ?? 1))
      : [404, { message: 'Not Found' }];
    response.writeHead(status, { 'content-type': 'application/json', ...(location ? { location } : {}) });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(api, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}
