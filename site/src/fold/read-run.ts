import type { ContentId, HistoryRun, Questions } from '../../../src/schema/history.ts';
import {
  type Distribution,
  type MetricId,
  metricId,
  type Run,
  type Variant,
} from '../../../src/schema/run.ts';
import type { AnswerState } from '../data/contract.ts';
import { promptState } from '../view/prompt-state.ts';

/** What of a metric a trend shows. */
export type TrendFigures = Pick<Distribution, 'n' | 'median' | 'medianInterval'> & {
  slowest: { value: number } | null;
};

/** What is folded of a model. */
export interface VariantHead
  extends Pick<
    Variant,
    | 'key'
    | 'name'
    | 'digest'
    | 'parameterSize'
    | 'quantization'
    | 'options'
    | 'think'
    | 'contextLength'
    | 'memoryBytes'
  > {
  metrics: Record<MetricId, TrendFigures>;
  loadMs: TrendFigures;
  checks: Pick<Variant['checks'], 'answers' | 'answersPassed'>;
}

/** What is folded of a run, besides what it says prompt by prompt. */
export interface RunHead
  extends Pick<
    Run,
    'id' | 'startedAt' | 'machine' | 'campaign' | 'shard' | 'status' | 'source' | 'counts' | 'promptSet'
  > {
  environment: Pick<Run['environment'], 'gpus' | 'server'>;
  plan: Pick<Run['plan'], 'cache'>;
  variants: VariantHead[];
}

/** What one run says of one prompt: the medians of its requests, and what it answered. */
export interface PromptReading {
  prompt: string;
  ttftMs: number | null;
  e2eMs: number | null;
  /** The distinct answers, most frequent first. */
  answers: ContentId[];
  state: AnswerState;
}

/** What a site folds of a run: a fifth of what the history has. It is JSON, to be handed from thread to thread. */
export interface RunReading {
  head: RunHead;
  /** inputs/ has it under this name. */
  promptSet: ContentId | null;
  /** By the key of the variant. */
  prompts: Record<string, PromptReading[]>;
}

/** Reads of a run what trends, timelines and change points are made of. */
export function readRun(kept: HistoryRun, { questions }: Questions): RunReading {
  const { run, inputs, series, answers } = kept;
  const prompts: RunReading['prompts'] = {};
  for (const [index, { variant, prompt }] of questions.entries()) {
    prompts[variant] ??= [];
    prompts[variant].push({
      prompt,
      ttftMs: series.metrics.ttftMs?.median[index] ?? null,
      e2eMs: series.metrics.e2eMs?.median[index] ?? null,
      answers: rankAnswers(series.answers[index] ?? []).flatMap((at) => answers[at] ?? []),
      state: promptState({
        checks: {
          answers: series.checks.answers[index] ?? 0,
          answersPassed: series.checks.answersPassed[index] ?? 0,
        },
      }),
    });
  }
  return { head: pickHead(run), promptSet: inputs.promptSet, prompts };
}

function pickHead(run: HistoryRun['run']): RunHead {
  const { id, startedAt, machine, campaign, shard, status, source, counts, promptSet } = run;
  const { gpus, server } = run.environment;
  return {
    ...{ id, startedAt, machine, campaign, shard, status, source, counts, promptSet },
    ...{ environment: { gpus, server }, plan: { cache: run.plan.cache } },
    variants: run.variants.map(pickVariant),
  };
}

function pickVariant(variant: Variant): VariantHead {
  const { key, name, digest, parameterSize, quantization, options, think } = variant;
  const { contextLength, memoryBytes, metrics, checks } = variant;
  return {
    ...{ key, name, digest, parameterSize, quantization, options, think, contextLength, memoryBytes },
    metrics: Object.fromEntries(metricId.options.map((id) => [id, pickFigures(metrics[id])])) as Record<
      MetricId,
      TrendFigures
    >,
    loadMs: pickFigures(variant.loadMs),
    checks: { answers: checks.answers, answersPassed: checks.answersPassed },
  };
}

function pickFigures({ n, median, medianInterval, slowest }: Distribution): TrendFigures {
  return { n, median, medianInterval, slowest: slowest === null ? null : { value: slowest.value } };
}

/** Distinct indices of answers, most frequent first, and the earlier where two are as frequent. */
function rankAnswers(given: readonly (readonly [load: number, answer: number])[]): number[] {
  const times = new Map<number, number>();
  for (const [, answer] of given) times.set(answer, (times.get(answer) ?? 0) + 1);
  return [...times.entries()].sort(([, a], [, b]) => b - a).map(([answer]) => answer);
}
