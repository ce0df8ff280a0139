import { type Comparison, composeVerdict } from './core/compare/compose-verdict.ts';
import { defaultSettings } from './core/compare/judge-family.ts';
import type { Side } from './core/compare/side.ts';
import { epochOf } from './core/epochs.ts';
import { pairModels } from './core/pair-models.ts';
import type { SavedOutput } from './schema/output.ts';
import type { Plan } from './schema/plan.ts';
import type { Prompt } from './schema/prompt-set.ts';
import type { Run, Variant } from './schema/run.ts';
import type { Sample } from './schema/sample.ts';
import type { LoadVariance, Verdict } from './schema/verdict.ts';
import { sha256Text } from './store/hash-text.ts';
import { InputError } from './store/input-error.ts';

/** A run with everything that a comparison needs of it. */
export interface WholeRun {
  run: Run;
  prompts: readonly Prompt[];
  samples: readonly Sample[];
  outputs: readonly SavedOutput[];
}

/**
 * The verdict of a run that measured base and head in turn.
 * @param stored how much loads differ on its machine, as earlier comparisons found.
 * @throws {InputError} where the run is no comparison.
 */
export function compareWithin(
  whole: WholeRun,
  plan: Pick<Plan, 'comparison'>,
  stored: readonly LoadVariance[],
): Verdict {
  const { comparison } = plan;
  refuseContradiction(whole.run);
  const models = comparison?.pairs.flatMap(({ base, head }): Comparison[] => {
    const [before, after] = [sideOf(whole, base), sideOf(whole, head)];
    return before === null || after === null ? [] : [{ base: [before], head: after }];
  });
  const [first, ...others] = models ?? [];
  if (comparison === null || first === undefined) {
    throw new InputError(
      'no-comparison',
      `The run ${whole.run.id} did not measure two sides in turn: give two runs, or measure with --against.`,
    );
  }
  const { looks } = comparison;
  return composeVerdict({
    design: 'paired',
    models: [first, ...others],
    stored,
    settings: { ...defaultSettings, looks: looks.length > 1 ? looks : null },
    hashText: sha256Text,
  });
}

/**
 * One run has one prompt set. Were two of its checks told apart, both sides' answers would be judged again, with patterns
 * and schemas that whoever made the artifact could have written for it.
 */
function refuseContradiction({ id, series }: Run): void {
  for (const [prompt, same] of Map.groupBy(series, (it) => it.prompt)) {
    if (new Set(same.map(({ checksHash }) => checksHash)).size <= 1) continue;
    throw new InputError(
      'contradiction',
      `The run ${id} states two different checks of its prompt ${prompt}.`,
    );
  }
}

/**
 * The verdict of a run against earlier ones, for whoever has nothing better: it sees less, as nothing is interleaved.
 * Models are paired as two configs are; of the earlier runs those count that are of the same epoch as the latest one.
 * @param earlier oldest first.
 * @throws {InputError} where the two have no model to pair.
 */
export function compareWithEarlier(earlier: readonly WholeRun[], head: WholeRun): Verdict {
  const latest = earlier.at(-1);
  const pairs = latest === undefined ? [] : pairVariants(latest.run.variants, head.run.variants);
  const [first, ...others] = pairs.flatMap(({ base, head: variant }): Comparison[] => {
    const sides = earlier.flatMap((whole) => sideLike(whole, base, latest?.run) ?? []);
    const [oldest, ...later] = sides;
    const after = sideOf(head, variant.key);
    return oldest === undefined || after === null ? [] : [{ base: [oldest, ...later], head: after }];
  });
  if (first === undefined) {
    throw new InputError(
      'nothing-to-compare',
      `The runs have no model in common, and none that took another's place: base has ${namesOf(latest?.run)}, head ${namesOf(head.run)}.`,
    );
  }
  return composeVerdict({
    design: 'unpaired',
    models: [first, ...others],
    ...{ stored: [], settings: defaultSettings, hashText: sha256Text },
  });
}

/** As a config would be: a model that was asked in the same way is held against itself, as time may have changed it. */
function pairVariants(before: readonly Variant[], after: readonly Variant[]) {
  const { changed, unchanged } = pairModels(before, after);
  const find = (variants: readonly Variant[], asked: object) => variants.find((it) => it === asked);
  return [
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
function sideLike(whole: WholeRun, wanted: Variant, latest: Run | undefined): Side | null {
  const variant = whole.run.variants.find((it) => it.name === wanted.name && it.digest === wanted.digest);
  if (variant === undefined || latest === undefined) return null;
  return epochOf(whole.run, variant) === epochOf(latest, wanted) ? sideOf(whole, variant.key) : null;
}

function namesOf(run: Run | undefined): string {
  return run?.variants.map(({ name }) => name).join(', ') || 'none';
}
