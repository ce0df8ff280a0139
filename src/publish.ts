import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type ArtifactRequest, requireRepositoryName } from './collect.ts';
import type { Log } from './core/log.ts';
import { formatQuantity } from './core/render/format.ts';
import type { HistoryRun } from './schema/history.ts';
import { runId } from './schema/primitives.ts';
import { findRunId } from './store/artifacts.ts';
import { type Artifact, openGithubArtifacts } from './store/collect-github.ts';
import type { WorkflowRun } from './store/collect-trust.ts';
import { explainLeftOut } from './store/collect-unfit.ts';
import { findRuns } from './store/github/find-runs.ts';
import { takeRun } from './store/github/take-run.ts';
import { type GitAccess, openGitBranch } from './store/history/git-branch.ts';
import { requireHistoryFolder } from './store/history/history-folder.ts';
import { type IngestedRun, ingestRun } from './store/history/ingest-run.ts';
import { type HistoryTarget, openBranchTarget, openFolderTarget } from './store/history/targets.ts';
import { InputError } from './store/input-error.ts';
import { isRunFolder } from './store/read-earlier-runs.ts';

export interface PublishRequest {
  /** Whose artifacts to take; null: nobody's. */
  artifacts: ArtifactRequest | null;
  /** Run folders, or folders of them. */
  from: readonly string[];
  /** The branch that is the history; null: the folder is. */
  branch: GitAccess | null;
  /** Where the history is left, checked out; null: nowhere. One of this and the branch is needed. It holds nothing else. */
  historyFolder: string | null;
  /** Takes and validates, and puts nothing into the history. */
  dryRun: boolean;
  log: Log;
}

export interface PublishReport {
  /** Ids of runs that came into the history; with `dryRun`, that would have. */
  taken: string[];
  /** Those that were there. */
  present: string[];
  /** The name is the artifact's or the folder's. Name and reason may hold text from there. */
  leftOut: { id: string | null; name: string; reason: string }[];
  /** The tip of the branch afterwards; null where there is none. */
  commit: string | null;
}

/** What is committed at a time, so that a failure half-way through a long list costs little. */
const runsPerCommit = 100;

/**
 * Puts runs into a history, each once. What cannot be taken is named, and the others go on; where GitHub refuses
 * half-way, what was taken until then is put in before.
 * @throws {InputError} where GitHub or the remote refuses, or the folder of the history holds other things.
 */
export async function publishRuns(request: PublishRequest): Promise<PublishReport> {
  if (request.artifacts !== null) requireRepositoryName(request.artifacts.repository);
  if (request.historyFolder !== null) await requireHistoryFolder(request.historyFolder);
  const target = await openTarget(request);
  const work = await mkdtemp(join(tmpdir(), 'herdmark-publish-'));
  const publication = startPublication(target, work, request);
  try {
    try {
      for (const folder of request.from) await publication.takeFolder(folder);
      if (request.artifacts !== null) await publication.takeArtifacts(request.artifacts);
    } finally {
      await publication.putStaged();
    }
    if (request.historyFolder !== null && !request.dryRun) await target.checkOut(request.historyFolder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return publication.report();
}

async function openTarget({ branch, historyFolder }: PublishRequest): Promise<HistoryTarget> {
  if (branch !== null) return openBranchTarget(await openGitBranch(branch));
  if (historyFolder !== null) return openFolderTarget(historyFolder);
  throw new InputError(
    'no-history',
    'Where is the history? Give --repo owner/name, --remote <url>, or --history <folder>.',
  );
}

interface Publication {
  takeFolder(folder: string): Promise<void>;
  takeArtifacts(request: ArtifactRequest): Promise<void>;
  putStaged(): Promise<void>;
  report(): PublishReport;
}

function startPublication(
  target: HistoryTarget,
  work: string,
  { dryRun, log }: Pick<PublishRequest, 'dryRun' | 'log'>,
): Publication {
  const [staging, incoming] = [join(work, 'staging'), join(work, 'incoming')];
  const [taken, present] = [new Set<string>(), new Set<string>()];
  const leftOut: PublishReport['leftOut'] = [];
  let staged: IngestedRun[] = [];
  /** By run: the name of what it came from. */
  const names = new Map<string, string>();

  const leaveOut = (name: string, reason: string, id = findId(name)) => leftOut.push({ id, name, reason });
  const stage = async (name: string, folder: string, origin: HistoryRun['origin']) => {
    const run = await ingestRun(folder, staging, origin);
    if (run.written === 'conflict') leaveOut(name, sameIdReason);
    if (run.written !== 'written') return;
    names.set(run.id, name);
    staged.push(run);
    log.info(`Read run ${run.id} of ${run.machine.label}`);
    if (staged.length >= runsPerCommit) await putStaged();
  };
  const putStaged = async () => {
    const runs = staged;
    staged = [];
    if (runs.length === 0) return;
    const fates = await target.put(staging, runs, dryRun);
    for (const id of fates.taken) taken.add(id);
    for (const id of fates.present) present.add(id);
    for (const id of fates.conflict) leaveOut(names.get(id) ?? id, sameIdReason, id);
    if (fates.taken.length > 0 && !dryRun)
      log.info(`Put ${formatQuantity(fates.taken.length, 'run')} into the history`);
  };

  return {
    async takeFolder(folder) {
      for (const path of await listRunFolders(folder)) {
        const reason = await explainLeftOut(() => stage(basename(path), path, null));
        if (reason !== null) leaveOut(basename(path), reason);
      }
    },
    async takeArtifacts(request) {
      const { since, workflows } = request;
      const github = openGithubArtifacts(request);
      const branch = request.branch ?? (await github.defaultBranch());
      await mkdir(incoming);
      const isKnown = (id: string) => target.known.has(id) || names.has(id);
      for await (const found of findRuns(github, { since, workflows, branch, isKnown })) {
        const { artifact, runId: id } = found;
        if (found.kind === 'known') {
          if (!names.has(id)) present.add(id);
        } else if (found.kind === 'mistrusted') leaveOut(artifact.name, found.reason);
        else {
          const folder = join(incoming, id);
          const reason = await explainLeftOut(async () => {
            const { campaign } = await takeRun(github, artifact, id, incoming);
            const attempt = campaign?.attempt ?? null;
            await stage(artifact.name, folder, describeOrigin(request, artifact, found.workflowRun, attempt));
          });
          await rm(folder, { recursive: true, force: true });
          if (reason !== null) leaveOut(artifact.name, reason);
        }
      }
    },
    putStaged,
    report: () => ({ taken: [...taken].sort(), present: [...present].sort(), leftOut, commit: target.tip() }),
  };
}

/** The id that an artifact or a folder states by its name; null where it states none. */
function findId(name: string): string | null {
  return runId.safeParse(name).success ? name : findRunId(name);
}

const sameIdReason = 'the history has another run of the same id, which stays';

/** The API tells the latest attempt only; an artifact may be of an earlier one, of which just the run itself tells. */
function describeOrigin(
  { repository }: ArtifactRequest,
  { id: artifact }: Artifact,
  { id, run_attempt: latest }: WorkflowRun,
  stated: number | null,
): HistoryRun['origin'] {
  const attempt = Math.min(stated ?? Number.POSITIVE_INFINITY, latest ?? Number.POSITIVE_INFINITY);
  return { repository, workflowRun: String(id), attempt: Number.isFinite(attempt) ? attempt : 1, artifact };
}

/** @throws {InputError} where the folder cannot be read. */
async function listRunFolders(folder: string): Promise<string[]> {
  if (isRunFolder(folder)) return [folder];
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new InputError('no-runs', `${folder}: there is no such folder of runs.`, { cause });
  });
  const paths = names.sort().map((name) => join(folder, name));
  return paths.filter(isRunFolder);
}

/** What was published, in lines for a person. */
export function renderPublishReport(
  { taken, present, leftOut, commit }: PublishReport,
  dryRun: boolean,
): string[] {
  const verb = dryRun ? 'Would take' : 'Took';
  const byReason = Map.groupBy(leftOut, ({ reason }) => reason);
  return [
    `${verb} ${formatQuantity(taken.length, 'run')}; ${present.length} were already there; left out ${leftOut.length}.`,
    ...[...byReason].map(([reason, of]) => `${listNames(of.map(({ name }) => name))}: ${reason}`),
    ...(commit === null ? [] : [`The history is at ${commit.slice(0, 12)}.`]),
  ];
}

const mostNames = 3;

function listNames(names: readonly string[]): string {
  const more = names.length - mostNames;
  return `${names.slice(0, mostNames).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
