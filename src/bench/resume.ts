import { raise } from '../core/flags.ts';
import { formatTime } from '../core/render/format.ts';
import type { PlannedRequest } from '../schema/plan.ts';
import type { Flag, Sample } from '../schema/sample.ts';
import type { UnfinishedRun } from '../store/journal.ts';
import type { RunFacts } from './compose-run.ts';
import type { Resumed } from './execution.ts';
import { failedSample } from './take-sample.ts';

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

/** What a killed run had come to, with the requests that were under way as what they are: lost. */
export function recall({
  plan,
  samples,
  answers,
  loaded,
  lost,
}: UnfinishedRun): Resumed & { lost: Sample[] } {
  // A warm-up is simply sent again.
  const lostSamples = plan.requests
    .filter(({ id, phase }) => phase !== 'warmup' && lost.includes(id))
    .map(lose);
  return { samples: [...samples, ...lostSamples], answers, loaded, lost: lostSamples };
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
