import { explainWrongClock } from '../core/history/wrong-clock.ts';
import type { Log } from '../core/log.ts';
import { formatQuantity } from '../core/render/format.ts';
import type { HistoryRun } from '../schema/history.ts';
import { runId } from '../schema/primitives.ts';
import { findRunId } from '../store/artifacts.ts';
import { explainLeftOut } from '../store/collect-unfit.ts';
import { type IngestedRun, ingestRun } from '../store/history/ingest-run.ts';
import type { HistoryTarget } from '../store/history/targets.ts';

export interface PublishReport {
  /** Ids of runs that came into the history; with `dryRun`, that would have. */
  taken: string[];
  /** Those that were there. */
  present: string[];
  /** The name is the artifact's or the folder's. Name and reason may hold text from there. */
  leftOut: { id: string | null; name: string; reason: string }[];
  /** Those taken that count as no night, and why. */
  misdated: { id: string; name: string; reason: string }[];
  /** The tip of the branch afterwards; null where there is none. */
  commit: string | null;
}

/** Runs on their way into a history. */
export interface Publication {
  target: HistoryTarget;
  /** A folder of the layout of a history, for what was read. */
  staging: string;
  /** ISO 8601 in UTC */
  startedAt: string;
  dryRun: boolean;
  log: Log;
  /** Read, and not yet put in. */
  waiting: IngestedRun[];
  /** By every run that was read: the name of what it came from. */
  names: Map<string, string>;
  taken: Set<string>;
  present: Set<string>;
  leftOut: PublishReport['leftOut'];
  /** By run. */
  misdated: Map<string, string>;
}

export function startPublication(
  of: Pick<Publication, 'target' | 'staging' | 'startedAt' | 'dryRun' | 'log'>,
): Publication {
  return {
    ...{ ...of, waiting: [], names: new Map(), taken: new Set(), present: new Set() },
    ...{ leftOut: [], misdated: new Map() },
  };
}

/** What is committed at a time, so that a failure half-way through a long list costs little. */
const runsPerCommit = 100;
const sameIdReason = 'the history has another run of the same id, which stays';

/**
 * Reads a run, and puts it in with others as soon as they are many.
 * @param name of what it comes from.
 * @param open gives the folder of the run, and throws UnfitArtifact or UnreadableDocument where it is to stay out.
 */
export async function stageRun(
  publication: Publication,
  name: string,
  open: () => Promise<{ folder: string; origin: HistoryRun['origin'] }>,
): Promise<void> {
  const reason = await explainLeftOut(async () => {
    const { folder, origin } = await open();
    const run = await ingestRun(folder, publication.staging, origin);
    noteRead(publication, name, run);
    const wrong = explainWrongClock({ startedAt: run.startedAt, origin }, publication.startedAt);
    if (wrong !== null) publication.misdated.set(run.id, wrong);
  });
  if (reason !== null) leaveOut(publication, name, reason);
  if (publication.waiting.length >= runsPerCommit) await putWaiting(publication);
}

function noteRead(publication: Publication, name: string, run: IngestedRun): void {
  if (run.written === 'conflict') leaveOut(publication, name, sameIdReason);
  if (run.written !== 'written') return;
  publication.names.set(run.id, name);
  publication.waiting.push(run);
  publication.log.info(`Read run ${run.id} of ${run.machine.label}`);
}

export function leaveOut({ leftOut }: Publication, name: string, reason: string, id = findId(name)): void {
  leftOut.push({ id, name, reason });
}

/** The id that an artifact or a folder states by its name; null where it states none. */
function findId(name: string): string | null {
  return runId.safeParse(name).success ? name : findRunId(name);
}

/** Puts what was read into the history. */
export async function putWaiting(publication: Publication): Promise<void> {
  const { target, staging, dryRun, log, names, taken, present } = publication;
  const runs = publication.waiting;
  publication.waiting = [];
  if (runs.length === 0) return;
  const fates = await target.put(staging, runs, dryRun);
  for (const id of fates.taken) taken.add(id);
  for (const id of fates.present) present.add(id);
  for (const id of fates.conflict) leaveOut(publication, names.get(id) ?? id, sameIdReason, id);
  if (fates.taken.length > 0 && !dryRun)
    log.info(`Put ${formatQuantity(fates.taken.length, 'run')} into the history`);
}

export function reportOn({ target, names, taken, present, leftOut, misdated }: Publication): PublishReport {
  return {
    ...{ taken: [...taken].sort(), present: [...present].sort(), leftOut },
    misdated: [...misdated]
      .filter(([id]) => taken.has(id))
      .map(([id, reason]) => ({ id, name: names.get(id) ?? id, reason })),
    commit: target.tip(),
  };
}

/** What was published, in lines for a person. */
export function renderPublishReport(
  { taken, present, leftOut, misdated, commit }: PublishReport,
  dryRun: boolean,
): string[] {
  const verb = dryRun ? 'Would take' : 'Took';
  const byReason = Map.groupBy(leftOut, ({ reason }) => reason);
  return [
    `${verb} ${formatQuantity(taken.length, 'run')}; ${present.length} were already there; left out ${leftOut.length}.`,
    ...[...byReason].map(([reason, of]) => `${listNames(of.map(({ name }) => name))}: ${reason}`),
    ...misdated.map(({ name, reason }) => `${name}: ${reason}`),
    ...(commit === null ? [] : [`The history is at ${commit.slice(0, 12)}.`]),
  ];
}

const mostNames = 3;

function listNames(names: readonly string[]): string {
  const more = names.length - mostNames;
  return `${names.slice(0, mostNames).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
