import type { Sample } from '../../schema/sample.ts';
import type { HeadlineMetric } from '../../schema/verdict.ts';
import { isOneAtATime } from '../load-shape.ts';
import { measureHeadline, toLogRatio } from './headline-metrics.ts';
import type { PromptPairs } from './paired-effect.ts';

/** The same request to base and to head. */
export interface SamplePair {
  prompt: string;
  load: number;
  round: number;
  base: Sample;
  head: Sample;
}

/** What headline metrics are to be measured on: timed, one at a time, and not meant to come out of the cache. */
export function isToCompare({ phase, loadShape, cacheExpected, prompt }: Sample): boolean {
  return phase === 'timed' && prompt !== null && cacheExpected !== 'hit' && isOneAtATime(loadShape);
}

/** What they are measured on: the valid ones. */
export function isCompared(sample: Sample): boolean {
  return sample.status === 'ok' && isToCompare(sample);
}

/** Puts the samples of two variants side by side, by prompt, load and round; what has no partner is left out. */
export function pairSamples(
  base: readonly Sample[],
  head: readonly Sample[],
  prompts: ReadonlySet<string>,
): SamplePair[] {
  const place = ({ prompt, block, round, repeat }: Sample) => `${prompt}/${block}/${round}/${repeat}`;
  const heads = new Map(head.filter(isCompared).map((sample) => [place(sample), sample]));
  return base.filter(isCompared).flatMap((sample) => {
    const partner = heads.get(place(sample));
    const { prompt, block, round } = sample;
    if (partner === undefined || prompt === null || !prompts.has(prompt)) return [];
    return { prompt, load: block, round: round ?? 0, base: sample, head: partner };
  });
}

/** One metric of the pairs as log ratios, by prompt. A pair of which one side has no reading is left out. */
export function readPairs(metric: HeadlineMetric, pairs: readonly SamplePair[]): PromptPairs[] {
  const read = (of: readonly SamplePair[]) =>
    of.flatMap(({ load, base, head }) => {
      const tokens = base.server?.evalCount ?? null;
      const before = measureHeadline(metric, base, tokens);
      const after = measureHeadline(metric, head, tokens);
      const isReadable = before !== null && after !== null && before > 0 && after > 0;
      return isReadable ? { load, logRatio: toLogRatio(metric, before, after) } : [];
    });
  return [...Map.groupBy(pairs, ({ prompt }) => prompt)].map(([prompt, of]) => ({ prompt, pairs: read(of) }));
}
