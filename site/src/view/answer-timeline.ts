import { formatCount, formatQuantity } from '../../../src/core/render/format.ts';
import type { ContentId } from '../../../src/schema/history.ts';
import type { AnswerState, LinePrompt, SiteMark } from '../data/contract.ts';
import type { LineHistory } from './line-history.ts';

/** One stretch of nights with the same answers, as a timeline tells it. */
export interface TimelineEntry {
  /** Distinct answers of a line are numbered as they first came: a model that goes back to one is seen to. */
  numbers: number[];
  answers: ContentId[];
  state: AnswerState;
  /** When the first and the last of these nights began. */
  from: string;
  to: string;
  /** The first run with it. */
  run: string;
  nights: number;
  /** What else changed since the stretch before: the model under the tag, the server. */
  marks: string[];
  /** The most frequent answer of the stretch before, to be compared with; null where there is none. */
  before: ContentId | null;
}

export interface AnswerTimeline {
  /** Newest first. */
  entries: TimelineEntry[];
  /** How many distinct answers there were in all. */
  distinct: number;
  /** Nights on which the prompt was asked, and those of them on which loads of the model did not agree. */
  asked: number;
  disagreed: number;
}

/** How the answers of a line to a prompt came about. */
export function buildTimeline({ line, nights }: LineHistory, { answers }: LinePrompt): AnswerTimeline {
  const numbers = new Map<ContentId, number>();
  const numberOf = (id: ContentId) => {
    const known = numbers.get(id) ?? numbers.size + 1;
    numbers.set(id, known);
    return known;
  };
  const entries = answers.map((stretch, index): TimelineEntry => {
    const before = answers[index - 1];
    const last = answers.slice(0, index).findLast((it) => it.answers.length > 0);
    return {
      ...{ numbers: stretch.answers.map(numberOf), answers: stretch.answers, state: stretch.state },
      ...{ from: nights[stretch.from]?.at ?? '', to: nights[stretch.to]?.at ?? '' },
      run: nights[stretch.from]?.runs[0] ?? '',
      nights: stretch.to - stretch.from + 1,
      marks: before === undefined ? [] : wordsBetween(line.marks, before.to, stretch.from),
      before: last?.answers[0] ?? null,
    };
  });
  const count = (of: TimelineEntry[]) => of.reduce((sum, it) => sum + it.nights, 0);
  return {
    entries: entries.toReversed(),
    distinct: numbers.size,
    asked: count(entries),
    disagreed: count(entries.filter((it) => it.answers.length > 1)),
  };
}

/** `3 different answers in 90 nights; loads of one night disagreed on 2 of them`. */
export function describeTimeline({ entries, distinct, asked, disagreed }: AnswerTimeline): string {
  if (distinct === 0) return `no answer in ${formatQuantity(asked, 'night')}`;
  const nights = formatQuantity(asked, 'night');
  const first =
    distinct === 1
      ? `the same answer in ${nights}`
      : `${formatCount(distinct)} different answers in ${nights}`;
  const changes = entries.length - 1;
  const changed = changes > 0 ? `, changed ${formatQuantity(changes, 'time')}` : '';
  const apart = disagreed === 0 ? '' : `; loads of one night disagreed on ${formatCount(disagreed)} of them`;
  return first + changed + apart;
}

/** `answer 2`, `answers 2 and 3`. */
export function nameAnswers(numbers: readonly number[]): string {
  if (numbers.length === 0) return 'no answer';
  return numbers.length === 1
    ? `answer ${numbers[0]}`
    : `answers ${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)}`;
}

function wordsBetween(marks: readonly SiteMark[], after: number, until: number): string[] {
  return marks.filter(({ night }) => night > after && night <= until).flatMap(({ words }) => words);
}

/** One stretch as a strip of the timeline draws it. */
export interface TimelineBlock {
  x: number;
  width: number;
  state: AnswerState;
  label: string;
  /** Drawn in the other shade, as its answer is another than the one before. */
  isOther: boolean;
}

/** What is narrower is not seen. */
const leastWidth = 2;

/** Lays the newest stretches out over time, oldest on the left: at most `most` of them. The last night has room, too. */
export function drawTimeline({ entries }: AnswerTimeline, width: number, most = 120): TimelineBlock[] {
  const shown = entries.slice(0, most).toReversed();
  const start = Date.parse(shown[0]?.from ?? '');
  const end = Date.parse(shown.at(-1)?.to ?? '');
  const nights = shown.reduce((sum, it) => sum + it.nights, 0);
  const night = nights > 1 ? (end - start) / (nights - 1) : 1;
  const scale = (at: number) => Math.min(((at - start) / (end - start + night)) * width, width - leastWidth);
  let isOther = true;
  return shown.map(({ from, numbers, state }, index) => {
    const next = shown[index + 1];
    const x = index === 0 ? 0 : scale(Date.parse(from));
    const until = next === undefined ? width : scale(Date.parse(next.from));
    const round = (value: number) => Math.round(value * 10) / 10;
    const label = numbers.join('+');
    if (label !== shown[index - 1]?.numbers.join('+')) isOther = !isOther;
    return { x: round(x), width: round(Math.max(until - x, leastWidth)), state, label, isOther };
  });
}
