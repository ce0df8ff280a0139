import type { SavedOutput } from '../../schema/output.ts';
import type { ComparisonPlan } from '../../schema/plan.ts';
import type { Prompt } from '../../schema/prompt-set.ts';
import type { Run, Variant } from '../../schema/run.ts';
import type { Sample } from '../../schema/sample.ts';
import type { Verdict } from '../../schema/verdict.ts';
import type { WithinLimit } from '../checks/judge-answer.ts';
import { epochOf } from '../epochs.ts';
import type { HashText } from '../hash.ts';
import { pairModels } from '../pair-models.ts';
import { findEarlyEnd, looksUntil, type Sides } from './circumstances.ts';
import { type Comparison, composeVerdict } from './compose-verdict.ts';
import { findBases } from './find-bases.ts';
import { defaultSettings } from './judge-family.ts';
import type { Side } from './side.ts';

/** A run with everything that a comparison needs of it. */
export interface WholeRun {
  run: Run;
  prompts: readonly Prompt[];
  samples: readonly Sample[];
  outputs: readonly SavedOutput[];
}

/** Keys of the models to compare; null: all of them, paired as two configs are. */
export interface Chosen {
  base: string | null;
  head: string | null;
}

/** Why there is no verdict, for people. */
export interface Refusal {
  refusal: string;
  message: string;
}

export function isRefusal(result: Verdict | Refusal): result is Refusal {
  return 'refusal' in result;
}

/** Which of its models a run measured in turn, at what looks, and what it had no second side to. */
export type TurnsPlan = Pick<ComparisonPlan, 'pairs' | 'looks'> &
  Partial<Pick<ComparisonPlan, 'added' | 'removed'>>;

/**
 * The verdict of a run that measured base and head in turn. How much loads differ on its machine it knows from the run
 * itself, so that it is the same wherever it is judged.
 */
export function compareTurns(
  whole: WholeRun,
  comparison: TurnsPlan | null,
  { hashText }: { hashText: HashText },
): Verdict | Refusal {
  const contradiction = findContradiction(whole.run);
  if (contradiction !== null) return contradiction;
  const models = (comparison?.pairs ?? []).flatMap(({ base, head }): Sides[] => {
    const [before, after] = [sideOf(whole, base), sideOf(whole, head)];
    return before === null || after === null ? [] : [{ base: before, head: after }];
  });
  const [first, ...others] = models.map(({ base, head }): Comparison => ({ base: [base], head }));
  if (comparison === null || first === undefined) {
    return {
      refusal: 'no-comparison',
      message: `The run ${whole.run.id} did not measure two sides in turn: give two runs, or measure with --against.`,
    };
  }
  const { added = [], removed = [] } = comparison;
  const endedEarly = findEarlyEnd(whole.run, models, comparison.looks);
  const looks = looksUntil(models, comparison.looks, endedEarly);
  return composeVerdict({
    design: 'paired',
    models: [first, ...others],
    stored: isOfPlan(comparison, whole.run) ? (whole.run.knownLoads ?? []) : [],
    settings: { ...defaultSettings, looks: looks.length > 1 ? looks : null },
    planned: { endedEarly, added, removed },
    hashText,
  });
}

/** Two models that were chosen by hand did not take turns as those of the plan did, of which alone its machine knew. */
function isOfPlan({ pairs }: Pick<ComparisonPlan, 'pairs'>, { plan }: Run): boolean {
  const planned = plan.comparison?.pairs ?? [];
  return pairs.every((pair) => planned.some(({ base, head }) => base === pair.base && head === pair.head));
}

/**
 * One run has one prompt set. Were two of its checks told apart, both sides' answers would be judged again, with patterns
 * and schemas that whoever made the artifact could have written for it.
 */
function findContradiction({ id, series }: Run): Refusal | null {
  for (const [prompt, same] of Map.groupBy(series, (it) => it.prompt)) {
    if (new Set(same.map(({ checksHash }) => checksHash)).size <= 1) continue;
    return {
      refusal: 'contradiction',
      message: `The run ${id} states two different checks of its prompt ${prompt}.`,
    };
  }
  return null;
}

/**
 * The verdict of a run against earlier ones, for whoever has nothing better: it sees less, as nothing is interleaved.
 * A model's base is the runs of one digest and epoch. What its tag stood for before tells in the same epoch how much
 * nights differ, and nothing of its level.
 * @param earlier oldest first.
 * @param chosen where base was chosen: it is the last run then. Else each model finds its own.
 */
export function compareRuns(
  earlier: readonly WholeRun[],
  head: WholeRun,
  {
    hashText,
    chosen = null,
    withinLimit,
  }: { hashText: HashText; chosen?: Chosen | null; withinLimit?: WithinLimit },
): Verdict | Refusal {
  const latest = earlier.at(-1);
  const pairs =
    chosen === null || latest === undefined
      ? findBases(earlier, head.run)
      : pairVariants(latest.run.variants, head.run.variants, chosen).map((it) => ({ ...it, in: latest }));
  const [first, ...others] = pairs.flatMap(({ in: { run }, base, head: variant }): Comparison[] => {
    const [oldest, ...later] = earlier.flatMap((it) => sideLike(it, findSameModel(it.run, base, run)));
    const noise = earlier.flatMap((it) => sideLike(it, findEarlierModel(it.run, base, run)));
    const after = sideOf(head, variant.key);
    return oldest === undefined || after === null ? [] : [{ base: [oldest, ...later], head: after, noise }];
  });
  if (first === undefined) {
    const before = (chosen === null ? earlier : earlier.slice(-1)).map(({ run }) => run);
    return {
      refusal: 'nothing-to-compare',
      message: `The runs have no model in common, and none that took another's place: base has ${namesOf(before)}, head ${namesOf([head.run])}.`,
    };
  }
  const unpaired = head.run.variants.filter((it) => !pairs.some((pair) => pair.head === it));
  return composeVerdict({
    design: 'unpaired',
    models: [first, ...others],
    // Who chose two models did not ask for the others.
    planned: {
      endedEarly: null,
      added: chosen === null ? unpaired.map(({ name }) => name) : [],
      removed: [],
    },
    ...{ stored: [], settings: defaultSettings, hashText, withinLimit },
  });
}

export interface VariantPair {
  base: Variant;
  head: Variant;
}

/**
 * As a config would be: a model that was asked in the same way is held against itself, as time may have changed it. Two
 * that were chosen are a pair whatever they are; of one that was chosen, its pair.
 */
export function pairVariants(
  before: readonly Variant[],
  after: readonly Variant[],
  chosen: Chosen,
): VariantPair[] {
  if (chosen.base !== null && chosen.head !== null) {
    const base = before.find(({ key }) => key === chosen.base);
    const head = after.find(({ key }) => key === chosen.head);
    return base === undefined || head === undefined ? [] : [{ base, head }];
  }
  const { changed, unchanged } = pairModels(before, after);
  const find = (variants: readonly Variant[], asked: object) => variants.find((it) => it === asked);
  const pairs = [
    ...unchanged.flatMap((asked) => {
      const head = find(after, asked);
      const base = before.find((it) => it.name === head?.name);
      return base && head ? { base, head } : [];
    }),
    ...changed.flatMap((it) => {
      const [base, head] = [find(before, it.base), find(after, it.head)];
      return base && head ? { base, head } : [];
    }),
  ];
  return pairs.filter(
    ({ base, head }) =>
      (chosen.base === null || base.key === chosen.base) &&
      (chosen.head === null || head.key === chosen.head),
  );
}

function sideOf({ run, prompts, samples, outputs }: WholeRun, key: string): Side | null {
  const variant = run.variants.find((it) => it.key === key);
  if (variant === undefined) return null;
  return {
    ...{ run, variant, prompts },
    samples: samples.filter((it) => it.variant === key),
    outputs: outputs.filter((it) => it.variant === key),
  };
}

/** The same model in an earlier run, if it was measured there in the same epoch. */
export function findSameModel(run: Run, wanted: Variant, latest: Run): Variant | null {
  return findSameTag(run, wanted, latest, (digest) => digest === wanted.digest);
}

/** What the tag of a model stood for in an earlier run, if that was another one, measured in the same epoch. */
export function findEarlierModel(run: Run, wanted: Variant, latest: Run): Variant | null {
  return findSameTag(run, wanted, latest, (digest) => digest !== wanted.digest);
}

function findSameTag(
  run: Run,
  wanted: Variant,
  latest: Run,
  isOf: (digest: string) => boolean,
): Variant | null {
  const epoch = epochOf(latest, wanted);
  const isIt = (it: Variant) => it.name === wanted.name && isOf(it.digest) && epochOf(run, it) === epoch;
  return run.variants.find(isIt) ?? null;
}

function sideLike(whole: WholeRun, variant: Variant | null): Side[] {
  const side = variant === null ? null : sideOf(whole, variant.key);
  return side === null ? [] : [side];
}

function namesOf(runs: readonly Run[]): string {
  return [...new Set(runs.flatMap(({ variants }) => variants.map(({ name }) => name)))].join(', ') || 'none';
}
