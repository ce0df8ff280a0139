import type { ModelVerdict, TextWord, Verdict, VerdictWord } from '../../schema/verdict.ts';
import { formatCount, formatQuantity } from './format.ts';
import { cutText } from './untrusted-text.ts';
import { formatRoughChange } from './verdict-format.ts';
import { measureSizes, measureSlowdown, type Sizes, tellOutcome } from './verdict-outcome.ts';
import { textWords, toneOf, wordOrder } from './verdict-words.ts';

type Compared = Pick<Verdict, 'models' | 'machine' | 'settings' | 'added'>;

interface Found {
  model: ModelVerdict;
  name: string;
  sizes: Sizes;
}

/**
 * What came out, in a line: `slower: E2E +35 %; checks better on 10 prompts, worse on 1; 24 of 26 answers changed; memory
 * +18 %`. Of several comparisons how many have a word that is news, and which is the worst: `4 comparisons: slower in 2 (at
 * worst qwen3:8b, E2E +35 %); checks better in 1; answers changed in 2; 1 not comparable`.
 */
export function describeOutcome(verdicts: readonly Compared[]): string {
  const models = verdicts.flatMap((verdict) => verdict.models);
  const added = [...new Set(verdicts.flatMap((verdict) => verdict.added))];
  const news = added.length === 0 ? [] : [`${nameFew(added)} ${added.length === 1 ? 'is' : 'are'} new`];
  const [only] = models;
  if (only === undefined) {
    return news.length === 0 ? 'nothing was compared' : `no model was changed; ${news.join('')}`;
  }
  const told = models.length === 1 ? tellOnly(only, verdicts) : tellAll(verdicts);
  return [...told, ...news].join('; ');
}

function tellOnly(model: ModelVerdict, verdicts: readonly Compared[]): string[] {
  const { reasons, joint } = model;
  if (reasons.length > 0)
    return [`not comparable: ${reasons.map(({ reason }) => withoutStop(reason)).join(', ')}`];
  return tellOutcome(model, joint.speed, floorOf(verdicts));
}

function tellAll(verdicts: readonly Compared[]): string[] {
  const all = verdicts.flatMap(({ models, machine }) =>
    models.map((model): Found => {
      const on = verdicts.length > 1 ? ` on ${cutText(machine.label, mostOfName)}` : '';
      const name = `${cutText(model.head.name, mostOfName)}${on}`;
      return { model, name, sizes: measureSizes(model, floorOf(verdicts)) };
    }),
  );
  const found = all.filter(({ model }) => model.reasons.length === 0);
  const apart = all.length - found.length;
  const count = formatQuantity(all.length, 'comparison');
  if (found.length === 0) return [`${count}: none comparable`];
  const [first, ...others] = [
    ...tellRequests(found),
    ...tellWords(
      'speed',
      found.map(({ model }) => model.joint.speed),
      { regressed: describeWorstSpeed(found) },
    ),
    ...tellWords(
      'checks',
      found.map(({ model }) => model.quality.word),
      { regressed: describeWorstChecks(found) },
    ),
    ...tellWords(
      'answers',
      found.map(({ model }) => model.text.word),
      {},
    ),
    ...tellMemory(found, floorOf(verdicts)),
    ...(apart === 0 ? [] : [`${formatCount(apart)} not comparable`]),
  ];
  return [`${count}: ${first ?? ''}`, ...others];
}

const mostOfName = 60;
const mostNamed = 3;

function nameFew(names: readonly string[]): string {
  const rest = names.length - mostNamed;
  const named = names.slice(0, mostNamed).map((name) => cutText(name, mostOfName));
  return `${named.join(', ')}${rest > 0 ? ` and ${formatQuantity(rest, 'other')}` : ''}`;
}

function tellRequests(found: readonly Found[]): string[] {
  const worse = found.filter(({ model }) => model.requests?.word === 'regressed');
  const lost = ({ model: { requests } }: Found) =>
    (requests?.head.unanswered ?? 0) / Math.max(requests?.head.asked ?? 1, 1);
  return worse.length === 0
    ? []
    : [
        `fewer requests answered in ${countOf(worse.length, found.length)}${nameWorst(worse, lost, (it) => it.sizes.requests)}`,
      ];
}

function describeWorstSpeed(found: readonly Found[]): string {
  const slower = found.filter(({ model }) => model.joint.speed === 'regressed');
  return nameWorst(
    slower,
    ({ model }) => measureSlowdown(model.metrics),
    ({ sizes }) => sizes.speed,
  );
}

function describeWorstChecks(found: readonly Found[]): string {
  const worse = found.filter(({ model }) => model.quality.word === 'regressed');
  return nameWorst(
    worse,
    ({ model }) => model.quality.worse - model.quality.better,
    ({ sizes }) => sizes.checks,
  );
}

/** ` (at worst qwen3:8b, E2E +35 %)`. */
function nameWorst(
  some: readonly Found[],
  badness: (it: Found) => number,
  size: (it: Found) => string | null,
): string {
  const [worst] = some.toSorted((a, b) => badness(b) - badness(a));
  if (worst === undefined) return '';
  const told = size(worst);
  return ` (${some.length > 1 ? 'at worst ' : ''}${worst.name}${told === null ? '' : `, ${told}`})`;
}

function tellMemory(found: readonly Found[], floor: number): string[] {
  const changes = found.flatMap(({ model }) => model.joint.memory ?? []);
  const [most] = changes.toSorted((a, b) => Math.abs(b) - Math.abs(a));
  if (most === undefined || Math.abs(most) < floor) return [];
  return [`memory ${most > 0 ? 'up to' : 'down to'} ${formatRoughChange(most)}`];
}

function floorOf(verdicts: readonly Compared[]): number {
  return Math.max(0, ...verdicts.map(({ settings }) => settings.floor));
}

function withoutStop(text: string): string {
  const sentence = text.replace(/\.$/, '');
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;
}

const plainWords: Readonly<Record<string, string>> = {
  'speed regressed': 'slower',
  'speed improved': 'faster',
  'checks regressed': 'checks worse',
  'checks improved': 'checks better',
  'answers same': 'answers the same',
  'answers cannot tell': 'answers perhaps changed',
};

/** `slower in 1`, `speed inconclusive in 2`. What is level goes without saying where something else is not. */
function tellWords<Word extends VerdictWord | TextWord>(
  aspect: 'speed' | 'checks' | 'answers',
  words: readonly Word[],
  worst: Partial<Record<Word, string>>,
): string[] {
  const order: readonly string[] = aspect === 'answers' ? textWords.map(({ word }) => word) : wordOrder;
  const counts = [...Map.groupBy(words, (word) => word)]
    .map(([word, { length: count }]) => ({ word, count }))
    .sort((a, b) => order.indexOf(a.word) - order.indexOf(b.word));
  const news = counts.filter(({ word }) => toneOf(word) !== 'level');
  const name = (word: Word) => plainWords[`${aspect} ${word}`] ?? `${aspect} ${word}`;
  return news.length === 0
    ? counts.slice(0, 1).map(({ word }) => name(word))
    : news.map(({ word, count }) => `${name(word)} in ${countOf(count, words.length)}${worst[word] ?? ''}`);
}

function countOf(count: number, all: number): string {
  return count === all ? 'all' : formatCount(count);
}
