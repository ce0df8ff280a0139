import { median } from 'simple-statistics';
import type { Sample } from '../../schema/sample.ts';
import type { HeadlineMetric } from '../../schema/verdict.ts';
import { formatQuantity } from '../render/format.ts';
import { type EffectEstimate, estimateNothing } from './estimate-effect.ts';
import { measureHeadline, toLogRatio } from './headline-metrics.ts';
import { isCompared } from './pair-samples.ts';
import { computeEffect, type PromptPairs, trimmedMean } from './paired-effect.ts';
import { poolVariances } from './pool-variances.ts';
import type { Side } from './side.ts';

/** With fewer earlier runs their spread is hardly known, and the interval so wide that no word but one is left. */
const fewRuns = 6;

/**
 * Estimates the effect of a run against earlier ones of the same epoch. Nothing is interleaved, so the run is the unit: its
 * noise is what the earlier runs differ by, and the interval is the one for a further run (t prediction interval: the
 * variance between runs times 1 + 1 / runs). Runs are not trimmed: that a night was bad is part of how nights are.
 *
 * Nights of what the tag stood for before tell how much nights differ as well: on a log scale that is the machine's doing,
 * whichever model it runs. They are pooled by their own means (pooled variance of the t test), so that how fast that model
 * was makes no difference, and left out where the runs since are noisier than they can explain.
 *
 * @param pairs head against each earlier run, which takes the place of a load.
 * @param before the same of each earlier model of the tag.
 */
export function estimateAgainstRuns(
  metric: HeadlineMetric,
  pairs: readonly PromptPairs[],
  before: readonly (readonly PromptPairs[])[] = [],
): EffectEstimate {
  const found = computeEffect(pairs, 0);
  if (found === null) return estimateNothing(metric);
  const { logRatio, variance: own, loads: runs } = found;
  const others = before
    .map((it) => computeEffect(it, 0))
    .flatMap((it) => (it?.variance ? [{ ...it.variance, runs: it.loads }] : []));
  const variance = poolVariances(own, others);
  const isPooled = others.length > 0 && variance !== own;
  const errorShare = 1 + 1 / runs;
  const otherRuns = isPooled ? others.reduce((sum, it) => sum + it.runs, 0) : 0;
  return {
    ...{ metric, loads: runs, prompts: found.prompts.length, pairs: found.pairs, found, errorShare },
    effect: {
      logRatio,
      standardError: variance && Math.sqrt(variance.variance * errorShare),
      degreesOfFreedom: variance?.degreesOfFreedom ?? null,
    },
    ...{ ownVariance: null, pooledDegreesOfFreedom: 0 },
    notes: [
      `Against ${formatQuantity(runs, 'earlier run')}, not interleaved: ${describeNoise(runs, otherRuns)}.`,
      ...(others.length > 0 && !isPooled
        ? ['They are noisier than runs of what the tag stood for before can explain, which are left out.']
        : []),
      ...(runs + otherRuns < fewRuns ? [`That is few: to know, measure base and head in one job.`] : []),
    ],
  };
}

function describeNoise(runs: number, others: number): string {
  if (others === 0) {
    return runs === 1 ? 'one does not tell what runs differ by' : 'the noise is what runs differ by';
  }
  const before = `${formatQuantity(others, 'run')} of what the tag stood for before`;
  return runs === 1
    ? `the noise is what ${before} differ by`
    : `the noise is what these and ${before} differ by, each among themselves`;
}

/**
 * Head against each earlier run, with one reading of each prompt, which stands for all that the run has.
 * @param earlier the samples of base, by run.
 */
export function pairWithRuns(
  metric: HeadlineMetric,
  earlier: readonly (readonly Sample[])[],
  head: readonly Sample[],
  prompts: ReadonlySet<string>,
): PromptPairs[] {
  const byPrompt = (samples: readonly Sample[]) =>
    Map.groupBy(samples.filter(isCompared), ({ prompt }) => prompt ?? '');
  const runs = earlier.map(byPrompt);
  const now = byPrompt(head);
  return [...prompts].map((prompt) => {
    const tokens = medianTokens(runs.flatMap((run) => run.get(prompt) ?? []));
    const read = (samples: readonly Sample[]) => summarise(metric, samples, tokens);
    const after = read(now.get(prompt) ?? []);
    const pairs = runs.flatMap((run, load) => {
      const before = read(run.get(prompt) ?? []);
      if (before === null || after === null) return [];
      return { load, logRatio: toLogRatio(metric, before, after) };
    });
    return { prompt, pairs };
  });
}

/** The same for each earlier model of the tag. */
export function pairWithEarlierModels(
  metric: HeadlineMetric,
  noise: readonly Side[],
  head: readonly Sample[],
  prompts: ReadonlySet<string>,
): PromptPairs[][] {
  const models = Map.groupBy(noise, ({ variant }) => variant.digest);
  return [...models.values()].map((sides) =>
    pairWithRuns(
      metric,
      sides.map(({ samples }) => samples),
      head,
      prompts,
    ),
  );
}

/** The geometric mean of a prompt's readings in one run, trimmed as those of a pair are. */
function summarise(metric: HeadlineMetric, samples: readonly Sample[], tokens: number | null): number | null {
  const logs = samples
    .map((sample) => measureHeadline(metric, sample, tokens))
    .filter((value) => value !== null && value > 0)
    .map((value) => Math.log(value ?? 1));
  return logs.length === 0 ? null : Math.exp(trimmedMean(logs));
}

function medianTokens(samples: readonly Sample[]): number | null {
  const tokens = samples.map(({ server }) => server?.evalCount ?? null).filter((it) => it !== null);
  return tokens.length === 0 ? null : median(tokens);
}
