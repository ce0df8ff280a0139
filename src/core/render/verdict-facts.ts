import type {
  MetricVerdict,
  ModelVerdict,
  QualityVerdict,
  TextVerdict,
  Verdict,
} from '../../schema/verdict.ts';
import { headlineNames } from '../compare/joint-line.ts';
import { formatCount, formatQuantity, formatShare, formatTime } from './format.ts';
import { formatPlainPercent } from './verdict-format.ts';

/** A check that passed more or less often than before. */
export interface CheckChange {
  prompt: string;
  label: string;
  isBetter: boolean;
  /** `0 of 3 → 3 of 3` answers passed it. */
  passed: string;
}

/** What checks say of both sides, in sentences: answers, then JSON where it was asked for. */
export function describeChecks({ prompts, base, head, notes }: QualityVerdict): string[] {
  if (prompts === 0) return ['No check was put to both sides.', ...notes];
  const passed = (it: typeof base) => formatShare(it.answersPassed, it.answers);
  const failures = (it: typeof base) => formatShare(it.jsonParseFailures, it.jsonExpected);
  const fenced =
    base.jsonFenced + head.jsonFenced === 0
      ? ''
      : `, only in a code fence ${formatCount(base.jsonFenced)} → ${formatCount(head.jsonFenced)}`;
  return [
    `${passed(base)} → ${passed(head)} answers passed all of theirs.`,
    ...(base.jsonExpected + head.jsonExpected === 0
      ? []
      : [`JSON that did not parse: ${failures(base)} → ${failures(head)}${fenced}.`]),
    ...notes,
  ];
}

/** Checks that passed more or less often, the worse first. */
export function listCheckChanges({ changes }: QualityVerdict): CheckChange[] {
  const share = ({ passed, answers }: QualityVerdict['changes'][number]['base']) => passed / answers;
  const passed = (it: QualityVerdict['changes'][number]['base']) => formatShare(it.passed, it.answers);
  return changes
    .map(({ prompt, label, base, head }) => ({
      ...{ prompt, label, isBetter: share(head) > share(base) },
      passed: `${passed(base)} → ${passed(head)}`,
    }))
    .sort((a, b) => Number(a.isBetter) - Number(b.isBetter));
}

/** How much answers differ, from each other and among themselves. */
export function describeAnswers({ word, prompts, changed, changes, flipRate, notes }: TextVerdict): string[] {
  if (word === 'not comparable') return ['No prompt was answered by both sides.'];
  if (word === 'same') return [`The same on ${formatQuantity(prompts, 'prompt')}.`];
  const { base, head, between } = flipRate;
  const percent = formatPlainPercent;
  return [
    word === 'cannot tell'
      ? `${formatShare(changes.length, prompts)} differ.`
      : `${formatShare(changed, prompts)} changed beyond self-disagreement; ${formatCount(changes.length)} differ at all.`,
    ...(base === null || head === null
      ? []
      : [
          `Loaded again, base answers otherwise in ${percent(base)} of cases and head in ${percent(head)}; the two differ in ${percent(between)}.`,
        ]),
    ...notes,
  ];
}

/** What the speed of a model rests on: how many readings, and what there is to say of their noise, each thing once. */
export function describeBasis(
  { design }: Pick<Verdict, 'design'>,
  { metrics, quality: { rejudged } }: ModelVerdict,
): string[] {
  const notes = metrics.flatMap(({ metric, notes }) => notes.map((note) => ({ note, metric })));
  const told = [...Map.groupBy(notes, ({ note }) => note)].map(([note, of]) =>
    of.length === metrics.length
      ? note
      : `${of.map(({ metric }) => headlineNames[metric]).join(', ')}: ${note}`,
  );
  return [
    ...countReadings(design, metrics),
    ...told,
    ...(rejudged.length === 0
      ? []
      : [`Both sides were judged by the new checks, as they had changed: ${rejudged.join(', ')}.`]),
  ];
}

/** `6 loads × 2 rounds, 24 to 26 prompts, 287 to 312 pairs of readings.` */
function countReadings(design: Verdict['design'], metrics: readonly MetricVerdict[]): string[] {
  const measured = metrics.filter(({ pairs }) => pairs > 0);
  if (measured.length === 0) return [];
  const count = (read: (metric: MetricVerdict) => number, singular: string, plural?: string) => {
    const counts = measured.map(read);
    const [least, most] = [Math.min(...counts), Math.max(...counts)];
    return `${least === most ? '' : `${formatCount(least)} to `}${formatQuantity(most, singular, plural)}`;
  };
  const degrees = measured.map((it) => it.pooledDegreesOfFreedom);
  const parts = [
    design === 'paired'
      ? `${count(({ loads }) => loads, 'load')} × ${count(({ rounds }) => rounds, 'round')}`
      : count(({ loads }) => loads, 'earlier run'),
    count(({ prompts }) => prompts, 'prompt'),
    count(({ pairs }) => pairs, 'pair of readings', 'pairs of readings'),
    ...(Math.min(...degrees) === 0
      ? []
      : [
          `noise pooled with stored loads (${count((it) => it.pooledDegreesOfFreedom, 'degree', 'degrees')} of freedom)`,
        ]),
  ];
  return [`${parts.join(', ')}.`];
}

/** How the metrics of a machine were judged. */
export function describeMethod({ settings, familySize }: Pick<Verdict, 'settings' | 'familySize'>): string[] {
  const { alpha, floor, looks } = settings;
  return [
    `${formatQuantity(familySize, 'metric')} judged together: α ${formatPlainPercent(alpha)} over all of them, and a change has to be at least ${formatPlainPercent(floor)} to be named.`,
    ...(looks === null
      ? []
      : [
          `It was agreed to look after ${looks.join(', ')} loads; looking early is paid for in every p and every interval.`,
        ]),
  ];
}

/** Which runs the two sides are from, and what that means for the verdict. */
export function describeDesign({ design, base, head }: Pick<Verdict, 'design' | 'base' | 'head'>): string {
  const time = formatTime(head.startedAt);
  return design === 'paired'
    ? `Base and head asked in turn, in one job of ${time}`
    : `Head of ${time} against ${formatQuantity(base.runs.length, 'earlier run')}, the last of ${formatTime(base.startedAt)}: not interleaved, so it sees less`;
}
