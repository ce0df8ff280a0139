import { listAnswerPairs } from '../../../../src/core/compare/answer-pairs.ts';
import {
  type Chosen,
  compareRuns,
  compareTurns,
  findEarlierModel,
  findSameModel,
  isRefusal,
  pairVariants,
  type Refusal,
  type WholeRun,
} from '../../../../src/core/compare/compare-runs.ts';
import { findIncomparable } from '../../../../src/core/epochs.ts';
import { formatCount, formatQuantity } from '../../../../src/core/render/format.ts';
import { listChangedAnswers } from '../../../../src/core/render/verdict-answers.ts';
import { renderVerdicts } from '../../../../src/core/render/verdict-markdown.ts';
import type { ComparisonPlan } from '../../../../src/schema/plan.ts';
import type { Run } from '../../../../src/schema/run.ts';
import type { Verdict } from '../../../../src/schema/verdict.ts';
import type { SideChoice } from '../../view/compare-sides.ts';
import { loadRun } from '../history/load-run.ts';
import type { SiteHistory } from '../history/open-history.ts';
import type { Outcome, Question, Tell } from './protocol.ts';
import { addAnswers, type KeyPair, readSamples, withoutSamples } from './read-runs.ts';

/** More than anybody reads of one model. */
const mostAnswers = 200;
/** Questions are compared, never kept: their own text tells them apart as well as a digest would. */
const hashText = (text: string) => text;

interface Compared {
  verdict: Verdict | Refusal;
  runs: WholeRun[];
  notes: string[];
}

/**
 * The verdict of two runs of a history, of two models of theirs, or of a run that measured two sides in turn: as the
 * command line has it, by the same code.
 * @throws {DataError} where a document cannot be had.
 */
export async function compareKept(
  history: SiteHistory,
  { base, head, earlier, url }: Omit<Question, 'data'>,
  tell: Tell,
): Promise<Outcome | Refusal> {
  const { verdict, runs, notes } =
    base.run === head.run
      ? await compareInside(history, base, head, tell)
      : await compareBetween(history, { base, head, earlier }, tell);
  if (isRefusal(verdict)) return verdict;
  const answers = listAnswerPairs(verdict, runs);
  return {
    ...{ verdict, notes },
    changed: verdict.models.map((model) => listChangedAnswers(verdict, model, answers, mostAnswers)),
    markdown: renderVerdicts([verdict], { reportUrl: url, answers }),
  };
}

/** One run: the two sides that it measured in turn, or two of its models, whose loads took turns. */
async function compareInside(
  history: SiteHistory,
  base: SideChoice,
  head: SideChoice,
  tell: Tell,
): Promise<Compared> {
  const opened = await loadRun(history, base.run);
  tell({ what: 'runs', done: 1, total: 2 });
  const { run } = opened;
  const chosen = { base: base.variant, head: head.variant };
  const comparison = choosePairs(run, chosen);
  if (comparison === null) return refuse('same-run', explainSameRun(run, chosen));
  const whole = await readSamples(history, opened);
  if (whole === null) return refuse('no-samples', explainNoSamples(run.id));
  tell({ what: 'runs', done: 2, total: 2 });
  const pairs = comparison.pairs.flatMap((pair): KeyPair[] => [
    { base: new Map([[run.id, pair.base]]), head: { run: run.id, key: pair.head } },
  ]);
  const { wholes, lost } = await addAnswers(history, [{ opened, whole }], pairs, tell);
  const [complete] = wholes;
  if (complete === undefined) throw new RangeError('One run went in, none came out.');
  return {
    verdict: compareTurns(complete, comparison, { hashText }),
    runs: wholes,
    notes: [
      ...(run.plan.comparison === null
        ? ['Two models of one run: their loads took turns, load by load, and are compared load by load.']
        : []),
      ...describeLost(lost),
    ],
  };
}

/** The pairs that a run measured in turn, or the two of its models that were chosen; null where there are none. */
function choosePairs(
  { plan, variants }: Run,
  chosen: Chosen,
): Pick<ComparisonPlan, 'pairs' | 'looks'> | null {
  const pairs = (plan.comparison?.pairs ?? []).filter(
    (it) =>
      (chosen.base === null || it.base === chosen.base) && (chosen.head === null || it.head === chosen.head),
  );
  if (plan.comparison !== null && pairs.length > 0) return { pairs, looks: plan.comparison.looks };
  const has = (key: string | null) => variants.some((it) => it.key === key);
  const { base, head } = chosen;
  if (base === null || head === null || base === head || !has(base) || !has(head)) return null;
  return { pairs: [{ base, head }], looks: [plan.loads] };
}

async function compareBetween(
  history: SiteHistory,
  { base, head, earlier }: Pick<Question, 'base' | 'head' | 'earlier'>,
  tell: Tell,
): Promise<Compared> {
  const [before, after] = await Promise.all([loadRun(history, base.run), loadRun(history, head.run)]);
  const chosen = { base: base.variant, head: head.variant };
  const unknown = explainUnknown(before.run, base.variant) ?? explainUnknown(after.run, head.variant);
  if (unknown !== null) return refuse('no-such-model', unknown);
  const compare = (runs: readonly WholeRun[], whole: WholeRun) =>
    compareRuns(runs, whole, { hashText, chosen });
  // What was measured under other circumstances is not compared: then nobody needs its samples.
  if (findIncomparable(before.run, after.run).length > 0) {
    const runs = [withoutSamples(before), withoutSamples(after)] as const;
    return { verdict: compare([runs[0]], runs[1]), runs: [...runs], notes: [] };
  }
  const pairs = pairVariants(before.run.variants, after.run.variants, chosen);
  const older = await readAll(pairs.length === 0 ? [] : earlier, (id) => loadRun(history, id), 'runs', tell);
  const has = (find: typeof findSameModel, { run }: Pick<WholeRun, 'run'>) =>
    pairs.some((pair) => find(run, pair.base, before.run) !== null);
  // What a tag stood for before tells how much nights differ.
  const useful = older.filter((it) => has(findSameModel, it) || has(findEarlierModel, it));
  const opened = [...useful, before, after];
  const read = await readAll(opened, (it) => readSamples(history, it), 'samples', tell);
  const kept = opened.flatMap((it, index) => {
    const whole = read[index] ?? null;
    return whole === null ? [] : [{ opened: it, whole }];
  });
  const pruned = opened.filter((_, index) => read[index] === null);
  const needed = pruned.find((it) => it === before || it === after);
  if (needed !== undefined) return refuse('no-samples', explainNoSamples(needed.run.id));
  const keys = pairs.map(
    (pair): KeyPair => ({
      base: new Map(
        kept.flatMap(({ opened: { run } }) => {
          const variant = run.id === after.run.id ? null : findSameModel(run, pair.base, before.run);
          return variant === null ? [] : [[run.id, variant.key] as const];
        }),
      ),
      head: { run: after.run.id, key: pair.head.key },
    }),
  );
  const { wholes, lost } = await addAnswers(history, kept, keys, tell);
  const last = wholes.pop();
  if (last === undefined) throw new RangeError('Two runs went in, none came out.');
  return {
    verdict: compare(wholes, last),
    runs: [...wholes, last],
    notes: [
      describeBase(wholes.filter((it) => has(findSameModel, it)).length - 1, {
        asked: earlier.length,
        pruned: pruned.length,
      }),
      ...describeLost(lost),
    ],
  };
}

/** Reads several things at once, as they are small, and tells how far it is. */
async function readAll<Thing, Read>(
  things: readonly Thing[],
  read: (thing: Thing) => Promise<Read>,
  what: string,
  tell: Tell,
): Promise<Read[]> {
  let done = 0;
  return Promise.all(
    things.map(async (thing) => {
      const found = await read(thing);
      tell({ what, done: ++done, total: things.length });
      return found;
    }),
  );
}

/** Which runs stand for base, in words. */
function describeBase(more: number, { asked, pruned }: { asked: number; pruned: number }): string {
  if (asked === 0) return 'Base is its run alone.';
  const without = pruned === 0 ? '' : `, and of ${formatCount(pruned)} the samples are kept no longer`;
  return more === 0
    ? `Base is its run alone: of ${formatQuantity(asked, 'run')} before it on the machine none is of the same model and epoch${without}.`
    : `Base is its run and ${formatCount(more)} of ${formatQuantity(asked, 'run')} before it on the machine: those of the same model and epoch${without}.`;
}

function describeLost(lost: number): string[] {
  return lost === 0
    ? []
    : [`${formatQuantity(lost, 'answer')} that differ are kept no longer, and are left out.`];
}

function explainNoSamples(id: string): string {
  return `The samples of the run ${id} are kept no longer, and a verdict is made of samples. Choose a newer run; the medians of both are on their own pages.`;
}

function explainSameRun(run: Run, { base, head }: Chosen): string {
  return (
    explainUnknown(run, base) ??
    explainUnknown(run, head) ??
    'Both sides are the same run, which did not measure two sides in turn: choose another run, or two different models of this one.'
  );
}

function explainUnknown({ id, variants }: Run, key: string | null): string | null {
  if (key === null || variants.some((it) => it.key === key)) return null;
  return `The run ${id} has no model ${key}: choose from those that it has.`;
}

function refuse(refusal: string, message: string): Compared {
  return { verdict: { refusal, message }, runs: [], notes: [] };
}
