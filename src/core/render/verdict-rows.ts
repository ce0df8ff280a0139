import type {
  HeadlineMetric,
  MetricVerdict,
  ModelVerdict,
  PromptVerdict,
  Tail,
  VerdictWord,
} from '../../schema/verdict.ts';
import { directionOf } from '../compare/headline-metrics.ts';
import { headlineNames } from '../compare/joint-line.ts';
import { metricDefinitions } from '../metrics.ts';
import { formatBytes, formatMetric, formatPercentile, missing } from './format.ts';
import { formatChange, formatDetectable, formatRange } from './verdict-format.ts';

/** A headline metric of a model: the cells that comment, report and terminal show. */
export interface MetricRow {
  metric: string;
  /** Medians over all valid readings; the change is not their quotient, but of pairs, prompt by prompt. */
  base: string;
  head: string;
  change: string;
  /** `−0.4 % to +1.1 %`; null where the noise is unknown. */
  interval: string | null;
  word: VerdictWord;
  /** `+3.1 % would have shown`: only where it could not be told. */
  detectable: string | null;
}

export function describeMetric(verdict: MetricVerdict, tails: readonly Tail[]): MetricRow {
  const { metric, word, change, interval } = verdict;
  // At matched length is computed, not read: it has no median of its own.
  const tail = tails.find((it) => it.metric === metric);
  const median = (side: 'base' | 'head') =>
    tail === undefined ? missing : formatMetric(tail.metric, tail[side].median);
  return {
    metric: capitalise(headlineNames[metric]),
    base: median('base'),
    head: median('head'),
    change: formatChange(change),
    interval: interval === null ? null : formatRange(interval),
    word,
    detectable:
      word === 'inconclusive' ? formatDetectable(verdict.detectableChange, directionOf(metric)) : null,
  };
}

/** The slow end of both sides, as cells: metric, then base → head of each percentile and of the slowest case. */
export function describeTail({ metric, base, head }: Tail): string[] {
  const both = (describe: (side: Tail['base']) => string) =>
    [...new Set([describe(base), describe(head)])].join(' → ');
  const percentile = (it: 'p90' | 'p95' | 'p99') =>
    both((side) => formatPercentile(metric, side[it], side.n));
  return [
    metricDefinitions[metric].name,
    both(({ median }) => formatMetric(metric, median)),
    ...(['p90', 'p95', 'p99'] as const).map(percentile),
    both(({ slowest }) => formatMetric(metric, slowest?.value)),
  ];
}

export const tailColumns: readonly string[] = ['Metric', 'Median', 'p90', 'p95', 'p99', 'Slowest'];

/** `Memory: 5.20 GiB → 5.41 GiB, all of it on the GPU`; null where it is not known. */
export function describeMemory({ memory, vram }: ModelVerdict['memory']): string | null {
  if (memory.base === null && memory.head === null) return null;
  const tell = ({ base, head, change }: typeof memory) =>
    change === 0 ? `${formatBytes(base)} as before` : `${formatBytes(base)} → ${formatBytes(head)}`;
  const onGpu =
    vram.base === 0 && vram.head === 0
      ? ', none of it on a GPU'
      : vram.base === memory.base && vram.head === memory.head
        ? ', all of it on the GPU'
        : `; of that on the GPU ${tell(vram)}`;
  return `Memory: ${tell(memory)}${onGpu}`;
}

/** The prompts × metrics that stand out, the largest changes first. */
export function listOutstanding({ promptDetail }: Pick<ModelVerdict, 'promptDetail'>): PromptVerdict[] {
  return promptDetail
    .filter(({ standsOut }) => standsOut)
    .sort((a, b) => Math.abs(b.logRatio) - Math.abs(a.logRatio));
}

/** A metric of prompt detail, short. */
export function nameHeadline(metric: HeadlineMetric): string {
  return capitalise(headlineNames[metric]);
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
