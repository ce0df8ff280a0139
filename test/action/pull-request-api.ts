import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { goodToken, type ListedArtifact } from './github-api.ts';

export interface PullRequest {
  number: number;
  state: 'open' | 'closed';
  head: { ref: string; sha: string; repo: { id: number; owner: string } | null };
}

export interface Comment {
  id: number;
  pullRequest: number;
  login: string;
  body: string;
}

interface WorkflowRun {
  id: number;
  event: string;
  head_sha: string;
  head_branch: string | null;
  head_repository: { id: number; owner: { login: string } } | null;
}

/** An answer that a test gives in place of the real one, once, to the first request that it is meant for. */
interface Refusal {
  asked: string;
  status: number;
  headers?: Record<string, string>;
  message?: string;
}

interface Book {
  runs: WorkflowRun[];
  artifacts: ListedArtifact[];
  pullRequests: PullRequest[];
  comments: Comment[];
  /** As they were created. */
  checks: object[];
  refusals: Refusal[];
  /** `METHOD /path` of every request, without the repository; `POST graphql`. */
  asked: string[];
}

export interface PullRequestApi extends Book {
  url: string;
  repository: string;
  close(): Promise<void>;
}

/** Who a job's token speaks for. */
export const bot = 'github-actions[bot]';
const repository = 'acme/llm-bench';

type Answer = [status: number, body: unknown, headers?: Record<string, string>];

/** The part of GitHub's API that a comparison meets: artifacts of a run, pull requests, comments, checks, and who asks. */
export async function startPullRequestApi(): Promise<PullRequestApi> {
  const book: Book = {
    runs: [],
    artifacts: [],
    pullRequests: [],
    comments: [],
    checks: [],
    refusals: [],
    asked: [],
  };
  const server = createServer(async (request, response) => {
    const [status, body, headers] = await answer(request, book);
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(status === 204 ? '' : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    ...book,
    repository,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(request: IncomingMessage, book: Book): Promise<Answer> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const path = url.pathname.replace(`/repos/${repository}`, '');
  const asked = `${request.method} ${path.replace(/^\/graphql$/, 'graphql')}`;
  book.asked.push(asked);
  const given = request.method === 'GET' || request.method === 'DELETE' ? {} : await json(request);
  if (request.headers.authorization !== `Bearer ${goodToken}`) return [401, { message: 'Bad credentials' }];

  const refused = book.refusals.findIndex((it) => it.asked === asked);
  const [refusal] = refused < 0 ? [] : book.refusals.splice(refused, 1);
  if (refusal !== undefined)
    return [refusal.status, { message: refusal.message ?? 'No' }, refusal.headers ?? {}];
  if (asked === 'POST graphql') return [200, answerGraphql(given as { query: string })];
  return answerRest(asked, url.searchParams, given as { body: string }, book);
}

function answerGraphql({ query }: { query: string }): object {
  return query.includes('viewer')
    ? { data: { viewer: { login: bot } } }
    : { data: null, errors: [{ message: 'No such field' }] };
}

function answerRest(asked: string, query: URLSearchParams, given: { body: string }, book: Book): Answer {
  const [, method = '', path = '', id = '', rest = ''] =
    /^(\w+) (\/(?:actions\/runs|actions\/artifacts|pulls|issues\/comments|issues))(?:\/(\d+))?(.*)$/.exec(
      asked,
    ) ?? [];
  if (asked === 'POST /check-runs') {
    book.checks.push(given);
    return [201, { html_url: `https://github.com/${repository}/runs/${7000 + book.checks.length}` }];
  }
  const one = <T>(found: T | undefined, show: (it: T) => unknown = (it) => it): Answer =>
    found === undefined ? [404, { message: 'Not Found' }] : [200, show(found)];
  const page = <T>(items: T[]) => {
    const size = Number(query.get('per_page') ?? 30);
    return items.slice((Number(query.get('page') ?? 1) - 1) * size).slice(0, size);
  };

  switch (`${method} ${path}${rest}`) {
    case 'GET /actions/runs':
      return one(book.runs.find((it) => it.id === Number(id)));
    case 'GET /actions/runs/artifacts':
      return [200, { artifacts: page(book.artifacts.filter((it) => it.workflow_run.id === Number(id))) }];
    case 'GET /actions/artifacts/zip': {
      const artifact = book.artifacts.find((it) => it.id === Number(id));
      return artifact === undefined ? [404, {}] : [302, {}, { location: artifact.blobUrl }];
    }
    case 'GET /pulls':
      if (id !== '') return one(book.pullRequests.find((it) => it.number === Number(id)));
      return [
        200,
        page(
          book.pullRequests.filter(
            ({ state, head }) =>
              state === query.get('state') && `${head.repo?.owner}:${head.ref}` === query.get('head'),
          ),
        ),
      ];
    case 'GET /issues/comments':
      return [200, page(book.comments.filter((it) => it.pullRequest === Number(id))).map(showComment)];
    case 'POST /issues/comments': {
      const comment = { id: 9000 + book.comments.length, pullRequest: Number(id), login: bot, ...given };
      book.comments.push(comment);
      return [201, showComment(comment)];
    }
    case 'PATCH /issues/comments': {
      const comment = book.comments.find((it) => it.id === Number(id));
      if (comment !== undefined) comment.body = given.body;
      return one(comment, showComment);
    }
    case 'DELETE /issues/comments':
      book.comments.splice(
        book.comments.findIndex((it) => it.id === Number(id)),
        1,
      );
      return [204, null];
    default:
      return [404, { message: 'Not Found' }];
  }
}

function showComment({ id, pullRequest, login, body }: Comment): object {
  const html_url = `https://github.com/${repository}/pull/${pullRequest}#issuecomment-${id}`;
  return { id, html_url, body, user: { login, type: login === bot ? 'Bot' : 'User' } };
}
