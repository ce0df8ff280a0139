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
import { listRareLosses } from './verdict-trouble.ts';

/** A check that passed more or less often than before. */
export interface CheckChange {
  prompt: string;
  label: string;
  isBetter: boolean;
  /** How often an answer passed it: `never → always`, `always → 4 of 6 times`. */
  passed: string;
}

/**
 * What checks say of both sides, in sentences: answers, then JSON where it was asked for. As shares, as the same answer
 * counts once for each load.
 */
export function describeChecks({ prompts, base, head, rejudged, notes }: QualityVerdict): string[] {
  if (prompts === 0) return ['No check was put to both sides.', ...notes];
  if (base.answers + head.answers === 0) return ['No prompt has answers of both sides to judge.', ...notes];
  const change = (part: (it: typeof base) => number, whole: (it: typeof base) => number) => {
    const [before, after] = [base, head].map((it) => formatPlainPercent(shareOf(part(it), whole(it))));
    return before === after ? `${before} as before` : `${before} → ${after}`;
  };
  const asked = (it: typeof base) => it.jsonExpected;
  const fenced =
    base.jsonFenced + head.jsonFenced === 0
      ? ''
      : `, only in a code fence ${change(({ jsonFenced }) => jsonFenced, asked)}`;
  return [
    `Over ${formatQuantity(prompts, 'prompt')}, answers that pass all of theirs: ${change(
      ({ answersPassed }) => answersPassed,
      ({ answers }) => answers,
    )}.`,
    ...(base.jsonExpected + head.jsonExpected === 0
      ? []
      : [
          `JSON that does not parse: ${change(({ jsonParseFailures }) => jsonParseFailures, asked)}${fenced}.`,
        ]),
    ...(rejudged.length === 0
      ? []
      : [`Both sides were judged by the new checks, as they had changed: ${rejudged.join(', ')}.`]),
    ...notes,
  ];
}

function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

/** Checks that passed more or less often, the worse first. */
export function listCheckChanges({ changes }: QualityVerdict): CheckChange[] {
  const share = ({ passed, answers }: CheckCounts) => passed / answers;
  return changes
    .map(({ prompt, label, base, head }) => ({
      ...{ prompt, label, isBetter: share(head) > share(base) },
      passed: `${describePassed(base)} → ${describePassed(head)}`,
    }))
    .sort((a, b) => Number(a.isBetter) - Number(b.isBetter));
}

type CheckCounts = QualityVerdict['changes'][number]['base'];

function describePassed({ passed, answers }: CheckCounts): string {
  if (answers === 0) return 'no answer';
  if (passed === 0) return answers === 1 ? 'failed' : 'never';
  if (passed === answers) return answers === 1 ? 'passed' : 'always';
  return `${formatShare(passed, answers)} times`;
}

/** How much answers differ, from each other and among themselves. */
export function describeAnswers({ word, prompts, changed, changes, flipRate, notes }: TextVerdict): string[] {
  if (word === 'not comparable') return ['No prompt was answered by both sides.'];
  if (word === 'same') return [`The same on ${formatQuantity(prompts, 'prompt')}.`];
  return [
    word === 'cannot tell'
      ? `${formatShare(changes.length, prompts)} differ.`
      : `${formatShare(changes.length, prompts)} differ, ${changed === changes.length && changed > 0 ? 'all of them' : formatCount(changed)} beyond self-disagreement.`,
    ...describeFlipRate(flipRate),
    ...notes,
  ];
}

function describeFlipRate({ base, head, between }: TextVerdict['flipRate']): string[] {
  const percent = formatPlainPercent;
  if (base === null || head === null) return [];
  if (base === 0 && head === 0) return ['Loaded again, each answers as it did.'];
  return [
    `Loaded again, base answers otherwise in ${percent(base)} of cases and head in ${percent(head)}; the two differ in ${percent(between)}.`,
  ];
}

/** What the speed of a model rests on: how many readings, and what there is to say of their noise, each thing once. */
export function describeBasis(
  { design }: Pick<Verdict, 'design'>,
  { metrics, requests }: ModelVerdict,
): string[] {
  const notes = metrics.flatMap(({ metric, notes }) => notes.map((note) => ({ note, metric })));
  const told = [...Map.groupBy(notes, ({ note }) => note)].map(([note, of]) =>
    of.length === metrics.length
      ? note
      : `${of.map(({ metric }) => headlineNames[metric]).join(', ')}: ${note}`,
  );
  return [...countReadings(design, metrics), ...told, ...listRareLosses({ requests })];
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
    looks === null
      ? 'A range is a 90 % interval.'
      : `A range is a 90 % interval, wider at an early look: it was agreed to look after ${looks.join(', ')} loads, and looking early is paid for in every p as well.`,
  ];
}

/** Which runs the two sides are from, and what that means for the verdict. */
export function describeDesign({ design, base, head }: Pick<Verdict, 'design' | 'base' | 'head'>): string {
  const time = formatTime(head.startedAt);
  return design === 'paired'
    ? `Base and head measured in turn, in one job of ${time}`
    : `Head of ${time} against ${formatQuantity(base.runs.length, 'earlier run')}, the last of ${formatTime(base.startedAt)}: not interleaved, so it sees less`;
}
