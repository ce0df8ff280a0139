import { raise } from '../core/flags.ts';
import { formatTime } from '../core/render/format.ts';
import type { PlannedRequest } from '../schema/plan.ts';
import type { Flag, Sample } from '../schema/sample.ts';
import type { UnfinishedRun } from '../store/journal.ts';
import type { RunFacts } from './compose-run.ts';
import type { Resumed } from './execution.ts';
import { failedSample, keepAliveMinutes } from './take-sample.ts';

/** A run that was killed longer ago is reported as it is: what is measured now would be of another night. */
const resumeWithinMs = 6 * 3_600_000;

export function isRecent({ lastActiveMs }: UnfinishedRun, now: Date): boolean {
  return now.getTime() - lastActiveMs < resumeWithinMs;
}

/** The same plan on the same machine and server: what it measured is of one run with what is measured now. */
export function isSameRun(
  killed: UnfinishedRun,
  planHash: string,
  { machine, environment, shard }: RunFacts,
): boolean {
  return (
    killed.planHash === planHash &&
    killed.facts.machine.id === machine.id &&
    killed.facts.shard === shard &&
    killed.facts.environment.server.version === environment.server.version
  );
}

/**
 * Digests of the models that killed runs may have left in memory: they may be unloaded. After half an hour the server
 * has let them go, and whoever has one loaded is somebody else.
 */
export function findLeftLoaded(killed: readonly UnfinishedRun[], now: Date): string[] {
  const isHeld = ({ lastActiveMs }: UnfinishedRun) =>
    now.getTime() - lastActiveMs < keepAliveMinutes * 60_000;
  return killed.filter(isHeld).flatMap(({ loaded }) => loaded);
}

/** What a killed run had come to, with the requests that were under way as what they are: lost. */
export function recall({ plan, samples, answers, lost }: UnfinishedRun): Resumed & { lost: Sample[] } {
  // A warm-up is simply sent again.
  const lostSamples = plan.requests
    .filter(({ id, phase }) => phase !== 'warmup' && lost.includes(id))
    .map(lose);
  return { samples: [...samples, ...lostSamples], answers, lost: lostSamples };
}

function lose(request: PlannedRequest): Sample {
  return failedSample(request, 'interrupted', 'The run was killed while this request was under way.');
}

export function explainResumed({ samples, lastActiveMs }: UnfinishedRun): Flag {
  const when = formatTime(new Date(lastActiveMs).toISOString());
  return raise(
    'resumed',
    `The run was killed at ${when} and went on later: ${samples.length} samples are from before.`,
  );
}

/** What a run says that was killed and that nobody went on with. */
export const interrupted = raise(
  'interrupted',
  'The run was killed, and nobody went on with it: it reports what was measured until then.',
);
