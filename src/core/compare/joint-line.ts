import type { MetricVerdict, ModelVerdict, Tail, VerdictWord } from '../../schema/verdict.ts';
import { metricDefinitions } from '../metrics.ts';
import { formatCount, formatMetric, formatQuantity, formatShare } from '../render/format.ts';
import { formatChange, formatProbability } from '../render/verdict-format.ts';
import { directionOf } from './headline-metrics.ts';

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

/** Speed, tail, quality, text and memory of a model in one line that a reviewer can act on. */
export function joinVerdict(model: Judged, floor: number): ModelVerdict['joint'] {
  const clauses =
    model.reasons.length > 0
      ? [`Not comparable. ${model.reasons.map(({ reason }) => reason).join(' ')}`]
      : [
          describeSpeed(model.metrics, floor),
          describeTail(model.tails),
          describeQuality(model.quality),
          describeText(model.text),
          describeMemory(model.memory),
        ];
  return {
    speed: findSpeedWord(model.metrics),
    quality: model.quality.word,
    text: model.text.word,
    memory: model.memory.memory.change,
    line: clauses.filter((clause) => clause !== null).join(' '),
  };
}

function describeSpeed(metrics: readonly MetricVerdict[], floor: number): string {
  const having = (word: VerdictWord) => metrics.filter((it) => it.word === word);
  const names = (some: readonly MetricVerdict[]) =>
    some.map(({ metric }) => headlineNames[metric]).join(', ');
  const clauses = [
    list('slower', having('regressed'), describeChange),
    list('faster', having('improved'), describeChange),
    list(
      `unchanged within ${Number((floor * 100).toPrecision(3))} %`,
      having('unchanged'),
      ({ metric }) => headlineNames[metric],
    ),
    list('cannot tell', having('inconclusive'), describeDetectable),
  ].filter((clause) => clause !== null);
  const speed = clauses.length === 0 ? 'not comparable' : clauses.join('; ');
  const missing = having('not comparable');
  const without = missing.length === 0 || clauses.length === 0 ? '' : `; without ${names(missing)}`;
  return `Speed: ${speed}${without}.`;
}

function list(
  what: string,
  metrics: readonly MetricVerdict[],
  describe: (metric: MetricVerdict) => string,
): string | null {
  return metrics.length === 0 ? null : `${what}: ${metrics.map(describe).join(', ')}`;
}

/** `TTFT +5.1 % (+4.2 % to +6.0 %)`. */
function describeChange({ metric, change, interval }: MetricVerdict): string {
  const range = interval === null ? '' : ` (${formatChange(interval.low)} to ${formatChange(interval.high)})`;
  return `${headlineNames[metric]} ${formatChange(change)}${range}`;
}

/** What would have been named, in the direction in which it is worse. */
function describeDetectable({ metric, change, detectableChange }: MetricVerdict): string {
  const slower =
    detectableChange === null || directionOf(metric) === 'lower'
      ? detectableChange
      : 1 / (1 + detectableChange) - 1;
  const seen = slower === null ? 'its noise is unknown' : `${formatChange(slower)} would have shown`;
  return `${headlineNames[metric]} ${formatChange(change)} (${seen})`;
}

function describeTail(tails: readonly Tail[]): string | null {
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

function describeQuality({ word, prompts, better, worse, pValue }: ModelVerdict['quality']): string {
  if (word === 'not comparable') return 'Checks: not comparable.';
  if (word === 'unchanged') return `Checks: the same on ${formatQuantity(prompts, 'prompt')}.`;
  const split = `${formatQuantity(better, 'prompt')} better, ${formatCount(worse)} worse`;
  const words = { improved: 'better', regressed: 'worse', inconclusive: 'cannot tell' };
  return `Checks: ${words[word]} (${split}, p ${formatProbability(pValue)}).`;
}

function describeText({ word, changed, prompts, changes }: ModelVerdict['text']): string {
  const differ = formatShare(changes.length, prompts);
  switch (word) {
    case 'not comparable':
      return 'Answers: not comparable.';
    case 'same':
      return 'Answers: the same.';
    case 'cannot tell':
      return `Answers: ${differ} differ; the loads are too few to say whether by chance.`;
    case 'within self-disagreement':
      return `Answers: ${differ} differ, no more than the models differ from themselves.`;
    case 'changed':
      return changed === 0
        ? `Answers: changed as a whole; ${differ} differ.`
        : `Answers: ${formatShare(changed, prompts)} changed.`;
  }
}

function describeMemory({ memory: { change } }: ModelVerdict['memory']): string | null {
  return change === null ? null : `Memory: ${change === 0 ? 'the same' : formatChange(change)}.`;
}
