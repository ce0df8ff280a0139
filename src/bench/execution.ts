import { raise } from '../core/flags.ts';
import { type RemainingTime, startRemainingTime } from '../core/remaining-time.ts';
import type { SavedAnswer } from '../schema/output.ts';
import type { Plan, PlannedRequest } from '../schema/plan.ts';
import type { Flag, Sample } from '../schema/sample.ts';
import type { LoadedModel } from './model-lifetime.ts';
import type { Progress } from './progress.ts';
import type { Taken } from './take-sample.ts';

/** Why a run ended before its plan did. */
export type StopReason = 'cancelled' | 'server-lost' | 'out-of-time' | 'server-busy';

/** Keeps at once what was measured, so that a killed run can go on. */
export interface Keeper {
  /** Before a request is sent: if the run is killed, this is what was under way. */
  begin(request: PlannedRequest): void;
  /** A sample that was kept before is replaced: some flags show only afterwards. */
  keepSample(sample: Sample): Promise<void>;
  /** All answers to a bare prompt so far. */
  keepAnswers(variant: string, prompt: string, answers: readonly SavedAnswer[]): Promise<void>;
  /** A model is about to be loaded, or is out of memory again. */
  keepLoaded(digest: string, isLoaded: boolean): void;
}

/** What a run that was killed had come to. */
export interface Resumed {
  samples: readonly Sample[];
  answers: Execution['answers'];
}

/** What has been measured, and what there is to say of it. */
export interface Execution {
  /** By id, in the order in which they came. */
  samples: Map<string, Sample>;
  /** The bare answers, by variant and then by prompt. */
  answers: Map<string, Map<string, SavedAnswer[]>>;
  /** What the server had in memory under each variant, the last time it was loaded. */
  models: Map<string, LoadedModel>;
  /** By variant. */
  flags: Map<string, Flag[]>;
  /** null where the plan was carried out to its end, or as far as was needed. */
  stopped: StopReason | null;
  /** After how many loads it was looked whether more are needed. */
  looked: Set<number>;
  /** After how many loads a comparison had seen enough; null where it measured all of its plan. */
  settledAt: number | null;
}

/** Collects what a run measures: keeps it, counts it, and tells who watches. */
export interface Recorder {
  execution: Execution;
  isDone(request: PlannedRequest): boolean;
  begin(request: PlannedRequest): void;
  keepLoaded(digest: string, isLoaded: boolean): void;
  /** @param tookMs its share of the time, where several requests are under way. */
  record(request: PlannedRequest, taken: Taken, tookMs: number): Promise<void>;
  /** Replaces a sample. */
  revise(sample: Sample): Promise<void>;
  /** These will not be sent. */
  drop(requests: readonly PlannedRequest[]): void;
  /** Says something of a variant, once per code and reason. */
  flagVariant(variant: string, flags: readonly Flag[]): void;
  /** The first reason stands. */
  stop(reason: StopReason): void;
  /** What the plan has after so many loads need not be measured. */
  settle(loads: number): void;
}

export function startRecording(
  plan: Plan,
  resumed: Resumed | null,
  { keeper, progress }: { keeper: Keeper; progress: Progress },
): Recorder {
  const samples = new Map(resumed?.samples.map((sample) => [sample.id, sample]));
  const execution: Execution = {
    samples,
    answers: new Map(resumed?.answers),
    ...{ models: new Map(), flags: new Map(), stopped: null, looked: new Set(), settledAt: null },
  };
  const isDone = ({ id }: PlannedRequest) => samples.has(id);
  const remaining: RemainingTime = startRemainingTime(plan.requests.filter((it) => !isDone(it)));
  const total = plan.requests.filter(isCounted).length;
  let done = plan.requests.filter((it) => isCounted(it) && isDone(it)).length;
  progress.begin(total, done);

  return {
    execution,
    isDone,
    begin: keeper.begin,
    keepLoaded: keeper.keepLoaded,
    async record(request, { sample, answer }, tookMs) {
      samples.set(sample.id, sample);
      await keeper.keepSample(sample);
      if (answer !== null && request.phase === 'bare' && request.prompt !== null) {
        const answers = addAnswer(execution, request.variant, request.prompt, answer);
        await keeper.keepAnswers(request.variant, request.prompt, answers);
      }
      remaining.add(request, tookMs);
      if (isCounted(request)) done++;
      progress.step({ done, total, request, remainingMs: remaining.estimateMs() });
    },
    async revise(sample) {
      if (samples.get(sample.id) === sample) return;
      samples.set(sample.id, sample);
      await keeper.keepSample(sample);
    },
    drop: (requests) => {
      for (const request of requests) if (!isDone(request)) remaining.drop(request);
    },
    flagVariant(variant, flags) {
      const known = execution.flags.get(variant) ?? [];
      const isNew = (flag: Flag) => !known.some((it) => it.code === flag.code && it.reason === flag.reason);
      execution.flags.set(variant, [...known, ...flags.filter(isNew)]);
    },
    stop: (reason) => {
      execution.stopped ??= reason;
    },
    settle: (loads) => {
      execution.settledAt = loads;
    },
  };
}

const stopReasons: Record<StopReason, string> = {
  cancelled: 'The run was cancelled: it reports what was measured until then.',
  'out-of-time': 'The time budget was used up: the rounds after it were not measured.',
  'server-lost': 'The server went away in the middle: the rest of the plan was not measured.',
  'server-busy':
    'Somebody else was using the server, and busy is "fail": the rest of the plan was not measured.',
};

/** What the report says of a run that ended early. */
export function explainStop(reason: StopReason | null): Flag[] {
  return reason === null ? [] : [raise(reason, stopReasons[reason])];
}

/** How many warm-up requests there are shows only on the way. */
function isCounted({ phase }: PlannedRequest): boolean {
  return phase !== 'warmup';
}

function addAnswer(
  { answers }: Execution,
  variant: string,
  prompt: string,
  answer: SavedAnswer,
): readonly SavedAnswer[] {
  const ofVariant = answers.get(variant) ?? new Map<string, SavedAnswer[]>();
  const ofPrompt = [...(ofVariant.get(prompt) ?? []), answer];
  answers.set(variant, ofVariant.set(prompt, ofPrompt));
  return ofPrompt;
}

/** Why a run cannot go on after a sample; null where it can. */
export function whyStop({ error }: Sample, signal: AbortSignal): StopReason | null {
  if (signal.aborted) return 'cancelled';
  return error?.code === 'unreachable' ? 'server-lost' : null;
}

/** A request that a cancel cut off says nothing of the model. */
export function isCutOff({ error }: Sample): boolean {
  return error?.code === 'cancelled';
}
