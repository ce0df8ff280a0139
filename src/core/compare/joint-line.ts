import type { MetricVerdict, ModelVerdict, Tail, VerdictWord } from '../../schema/verdict.ts';
import { metricDefinitions } from '../metrics.ts';
import { formatCount, formatMetric } from '../render/format.ts';
import { writeOutcome } from '../render/verdict-outcome.ts';

type Judged = Omit<ModelVerdict, 'joint'>;

/** What headline metrics are called in a sentence. */
export const headlineNames: Readonly<Record<MetricVerdict['metric'], string>> = {
  ttftMs: 'TTFT',
  tpotMs: 'TPOT',
  matchedE2eMs: 'E2E at matched length',
  prefillTokensPerSecond: 'prefill',
};

/** One word for a model's speed: the worst that was shown, and unchanged only where every metric is. */
export function findSpeedWord(metrics: readonly Pick<MetricVerdict, 'word'>[]): VerdictWord {
  const words = new Set(metrics.map(({ word }) => word));
  if (words.has('regressed')) return 'regressed';
  if (words.has('improved')) return 'improved';
  words.delete('not comparable');
  if (words.size === 0) return 'not comparable';
  return words.has('inconclusive') ? 'inconclusive' : 'unchanged';
}

/** Speed, quality, text, memory and tail of a model in one line that a reviewer can act on. */
export function joinVerdict(model: Judged, floor: number): ModelVerdict['joint'] {
  const speed = findSpeedWord(model.metrics);
  const tail = describeJointTail(model.tails);
  return {
    speed,
    quality: model.quality.word,
    text: model.text.word,
    memory: model.memory.memory.change,
    line:
      model.reasons.length > 0
        ? `Not comparable. ${model.reasons.map(({ reason }) => reason).join(' ')}`
        : `${writeOutcome(model, speed, floor)}${tail === null ? '' : ` ${tail}`}`,
  };
}

/** `Tail, not judged: p95 TTFT 66.1 ms → 69.6 ms (n 288).` The highest percentile that both sides have. */
export function describeJointTail(tails: readonly Tail[]): string | null {
  const [tail] = tails;
  if (tail === undefined) return null;
  const { metric, base, head } = tail;
  const percentile = (['p99', 'p95', 'p90'] as const).find((it) => base[it] !== null && head[it] !== null);
  const of = percentile ?? 'slowest';
  const value = (side: Tail['base']) =>
    formatMetric(metric, percentile === undefined ? (side.slowest?.value ?? null) : side[percentile]);
  const n = formatCount(Math.min(base.n, head.n));
  return `Tail, not judged: ${of} ${metricDefinitions[metric].name} ${value(base)} → ${value(head)} (n ${n}).`;
}
