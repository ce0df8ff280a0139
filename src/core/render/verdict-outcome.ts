import type { MetricVerdict, ModelVerdict, TextWord, VerdictWord } from '../../schema/verdict.ts';
import { directionOf } from '../compare/headline-metrics.ts';
import { formatCount, formatQuantity, formatShare } from './format.ts';
import { formatDetectable, formatRoughChange } from './verdict-format.ts';

type Judged = Omit<ModelVerdict, 'joint'>;

/** How much of each aspect of a model changed; null where its word says everything. */
export interface Sizes {
  /** `head left 252 of 936 requests unanswered (model crashed)`. */
  requests: string | null;
  /** `E2E +35 %`; where metrics disagree, all that were named: `TTFT +3.0 %, TPOT −30 %`. */
  speed: string | null;
  /** `better on 10 prompts, worse on 1`. */
  checks: string | null;
  /** `24 of 26`. */
  answers: string | null;
  /** `+18 %`, of at least the floor. */
  memory: string | null;
}

/** In a line there is room for the short ones. */
const shortNames: Readonly<Record<MetricVerdict['metric'], string>> = {
  ...{ ttftMs: 'TTFT', tpotMs: 'TPOT', matchedE2eMs: 'E2E', prefillTokensPerSecond: 'prefill' },
};

export function measureSizes(model: Judged, floor: number): Sizes {
  return {
    requests: sizeRequests(model.requests),
    speed: sizeSpeed(model.metrics),
    checks: sizeChecks(model.quality),
    answers: sizeAnswers(model.text),
    memory: sizeMemory(model.memory, floor),
  };
}

/** What came of a model, the most pressing first: `slower: E2E +35 %`, `checks better on 10 prompts, worse on 1` … */
export function tellOutcome(model: Judged, speed: VerdictWord, floor: number): string[] {
  const sizes = measureSizes(model, floor);
  return [
    ...(sizes.requests === null ? [] : [sizes.requests]),
    tellSpeed(model.metrics, speed, sizes.speed),
    sizes.checks === null ? `checks ${model.quality.word}` : `checks ${sizes.checks}`,
    tellAnswers(model.text.word, sizes.answers),
    ...(sizes.memory === null ? [] : [`memory ${sizes.memory}`]),
  ];
}

/** The same as a sentence. */
export function writeOutcome(model: Judged, speed: VerdictWord, floor: number): string {
  const line = tellOutcome(model, speed, floor).join('; ');
  return `${line.charAt(0).toUpperCase()}${line.slice(1)}.`;
}

/** A share of requests that is no news by itself. */
export const rareShare = 0.01;

/** How much worse the speed of a model became by what was named, as a logarithm; 0 where nothing was. */
export function measureSlowdown(metrics: readonly MetricVerdict[]): number {
  const slower = metrics.filter(({ word }) => word === 'regressed');
  const total = slower.filter(({ metric }) => metric === 'matchedE2eMs');
  const ratios = (total.length > 0 ? total : slower).map(({ change }) => Math.abs(Math.log1p(change ?? 0)));
  return Math.max(0, ...ratios);
}

/** Requests that were left unanswered, and why the first of them was; null where there were few on both sides alike. */
function sizeRequests(requests: ModelVerdict['requests']): string | null {
  if (requests === null) return null;
  const isRare = (['base', 'head'] as const).every(
    (it) => requests[it].unanswered <= rareShare * requests[it].asked,
  );
  if (isRare && (requests.word === 'inconclusive' || requests.word === 'unchanged')) return null;
  const side = (name: 'base' | 'head') => {
    const { unanswered, asked, causes } = requests[name];
    if (unanswered === 0) return [];
    const cause = causes.find(({ status, code }) => status === 'failed' || code === 'thinking-exhausted');
    const why = cause === undefined ? '' : ` (${cause.code.replaceAll('-', ' ')})`;
    return [`${name} left ${formatShare(unanswered, asked)} requests unanswered${why}`];
  };
  const told = [...side('head'), ...side('base')];
  return told.length === 0 ? null : told.join(', ');
}

function sizeSpeed(metrics: readonly MetricVerdict[]): string | null {
  const having = (word: VerdictWord) => metrics.filter((it) => it.word === word);
  const [slower, faster] = [having('regressed'), having('improved')];
  const named = [...slower, ...faster];
  if (named.length === 0) return sizeUnknown(having('inconclusive'));
  // How long all of it takes says the most, unless something else went the other way.
  const total = named.filter(({ metric }) => metric === 'matchedE2eMs');
  const told = total.length > 0 && (slower.length === 0 || faster.length === 0) ? total : named;
  return told.map(({ metric, change }) => `${shortNames[metric]} ${formatRoughChange(change)}`).join(', ');
}

/** `E2E +1.4 %, +3.1 % would have shown`: of the metric that says the most. */
function sizeUnknown(unknown: readonly MetricVerdict[]): string | null {
  const told = unknown.find(({ metric }) => metric === 'matchedE2eMs') ?? unknown[0];
  if (told === undefined) return null;
  const { metric, change, detectableChange } = told;
  const seen = formatDetectable(detectableChange, directionOf(metric));
  return `${shortNames[metric]} ${formatRoughChange(change)}, ${seen}`;
}

function tellSpeed(metrics: readonly MetricVerdict[], word: VerdictWord, size: string | null): string {
  if (size === null) return `speed ${word}`;
  if (word === 'inconclusive') return `speed inconclusive (${size})`;
  const isMixed = word === 'regressed' && metrics.some((it) => it.word === 'improved');
  return isMixed ? `speed mixed: ${size}` : `${word === 'regressed' ? 'slower' : 'faster'}: ${size}`;
}

function sizeChecks({ word, better, worse }: ModelVerdict['quality']): string | null {
  if (better + worse === 0) return null;
  const parts = [
    { what: 'better', count: better },
    { what: 'worse', count: worse },
  ].filter(({ count }) => count > 0);
  // The news first; where it is none, what may be worse.
  const ordered = word === 'improved' ? parts : parts.reverse();
  const text = ordered
    .map(({ what, count }, index) =>
      index === 0 ? `${what} on ${formatQuantity(count, 'prompt')}` : `${what} on ${formatCount(count)}`,
    )
    .join(', ');
  return word === 'inconclusive' ? `${text} (too few to tell)` : text;
}

function sizeAnswers({ word, changed, changes, prompts }: ModelVerdict['text']): string | null {
  if (word === 'changed') return changed === 0 ? null : formatShare(changed, prompts);
  return word === 'cannot tell' ? formatShare(changes.length, prompts) : null;
}

function tellAnswers(word: TextWord, size: string | null): string {
  if (word === 'changed') return size === null ? 'answers changed as a whole' : `${size} answers changed`;
  if (word === 'cannot tell') return `${size ?? 'no'} answers differ, perhaps by chance`;
  if (word === 'within self-disagreement') return 'answers as unlike as each model’s own';
  return word === 'same' ? 'answers the same' : 'answers not comparable';
}

function sizeMemory({ memory: { change } }: ModelVerdict['memory'], floor: number): string | null {
  return change === null || Math.abs(change) < floor ? null : formatRoughChange(change);
}
