import { median } from 'simple-statistics';
import type { Sample } from '../../schema/sample.ts';
import type { HeadlineMetric } from '../../schema/verdict.ts';
import { formatQuantity } from '../render/format.ts';
import { type EffectEstimate, estimateNothing } from './estimate-effect.ts';
import { measureHeadline, toLogRatio } from './headline-metrics.ts';
import { isCompared } from './pair-samples.ts';
import { computeEffect, type PromptPairs, trimmedMean } from './paired-effect.ts';

/** With fewer earlier runs their spread is hardly known, and the interval so wide that no word but one is left. */
const fewRuns = 6;

/**
 * Estimates the effect of a run against earlier ones of the same epoch. Nothing is interleaved, so the run is the unit: its
 * noise is what the earlier runs differ by, and the interval is the one for a further run (t prediction interval: the
 * variance between runs times 1 + 1 / runs). Runs are not trimmed: that a night was bad is part of how nights are.
 *
 * @param pairs head against each earlier run, which takes the place of a load.
 */
export function estimateAgainstRuns(metric: HeadlineMetric, pairs: readonly PromptPairs[]): EffectEstimate {
  const found = computeEffect(pairs, 0);
  if (found === null) return estimateNothing(metric);
  const { logRatio, variance, loads: runs } = found;
  const errorShare = 1 + 1 / runs;
  return {
    ...{ metric, loads: runs, prompts: found.prompts.length, pairs: found.pairs, found, errorShare },
    effect: {
      logRatio,
      standardError: variance && Math.sqrt(variance.variance * errorShare),
      degreesOfFreedom: variance?.degreesOfFreedom ?? null,
    },
    ...{ ownVariance: null, pooledDegreesOfFreedom: 0 },
    notes: [
      `Against ${formatQuantity(runs, 'earlier run')}, not interleaved: the noise is what runs differ by.`,
      ...(runs < fewRuns ? [`That is few: to know, measure base and head in one job.`] : []),
    ],
  };
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
