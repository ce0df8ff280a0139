import type { Run } from '../../schema/run.ts';
import type { Sample } from '../../schema/sample.ts';
import type { LoadVariance } from '../../schema/verdict.ts';
import { estimateEffect } from './estimate-effect.ts';
import { headlineMetrics } from './headline-metrics.ts';
import { pairSamples, readPairs } from './pair-samples.ts';

/**
 * What a night tells of how much loads differ. It measures load by load in turn, as a comparison does whose models do not
 * fit into memory together: so two models beside each other in its plan are taken as one of these, the first with the
 * second, the third with the fourth. That they are different models makes no difference, as only what their loads differ
 * by is looked at. Each pair gives a variance for each headline metric, of loads − 1 degrees of freedom.
 *
 * A model's own level from load to load would not do: what the machine drifts in the minutes between two loads of a model
 * is none of what two loads side by side differ by, and is most of it (docs/adr/0008-verdicts.md). So a night of one model
 * tells nothing.
 *
 * @param rounds of each load, at the most: more than a comparison has would be calmer than its loads.
 */
export function listNightVariances(
  { variants, promptSet }: Pick<Run, 'variants' | 'promptSet'>,
  samples: readonly Sample[],
  rounds: number,
): LoadVariance[] {
  const prompts = new Set(promptSet.prompts.map(({ id }) => id));
  const measured = samples.filter(({ round }) => round !== null && round < rounds);
  const byVariant = Map.groupBy(measured, ({ variant }) => variant);
  return variants.flatMap(({ key }, index) => {
    const next = index % 2 === 0 ? variants[index + 1] : undefined;
    if (next === undefined) return [];
    const pairs = pairSamples(byVariant.get(key) ?? [], byVariant.get(next.key) ?? [], prompts);
    return headlineMetrics.flatMap(
      (metric) => estimateEffect(metric, readPairs(metric, pairs), []).ownVariance ?? [],
    );
  });
}
