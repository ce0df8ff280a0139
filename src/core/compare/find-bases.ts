import type { Variant } from '../../schema/run.ts';
import { epochOf, type Surrounded } from '../epochs.ts';
import { pairModels } from '../pair-models.ts';

/** A model as it was asked, or is going to be. */
export type AskedVariant = Pick<Variant, 'name' | 'options' | 'think' | 'contextLength'>;

/** What of a run tells which of its models can be held against which. */
export type AskedRun<V extends AskedVariant = AskedVariant> = Surrounded['run'] & { variants: readonly V[] };

/** Any earlier run, with as much or little of it as whoever asks has read. */
export interface EarlierRun {
  run: AskedRun<Variant>;
}

/** A model of head, and the one of an earlier run that it is held against. */
export interface FoundBase<Earlier, Head> {
  in: Earlier;
  base: Variant;
  head: Head;
}

/**
 * Finds what each model of a run is held against: in the latest run of the same epoch that measured the same tag, asked in
 * the same way. Failing that in the latest one that asked so, whatever has changed around it, then in the latest one with
 * the tag. What is left is paired with the very last run as two configs are, where no tag is the same.
 * @param earlier oldest first.
 */
export function findBases<Earlier extends EarlierRun, Head extends AskedVariant>(
  earlier: readonly Earlier[],
  head: AskedRun<Head>,
): FoundBase<Earlier, Head>[] {
  const newestFirst = earlier.toReversed();
  const candidates = newestFirst.flatMap((it) =>
    it.run.variants.filter(isMeasured).map((base) => ({ in: it, base })),
  );
  const find = (fits: (base: Variant, run: AskedRun) => boolean) =>
    candidates.find((it) => fits(it.base, it.in.run));
  // What head asks for still has not made room for anything.
  const isFree = (base: Variant) => !head.variants.some((it) => isAskedAlike(base, it));
  const found = head.variants.flatMap((variant): FoundBase<Earlier, Head>[] => {
    const base =
      find((it, run) => isAskedAlike(it, variant) && epochOf(run, it) === epochOf(head, variant)) ??
      find((it) => isAskedAlike(it, variant)) ??
      find((it) => it.name === variant.name && isFree(it));
    return base === undefined ? [] : [{ ...base, head: variant }];
  });
  const [latest] = newestFirst;
  if (latest === undefined) return [];
  const rest = latest.run.variants.filter(
    (it) => isMeasured(it) && isFree(it) && !found.some(({ base }) => base === it),
  );
  const left = head.variants.filter((it) => !found.some((pair) => pair.head === it));
  const replaced = pairModels(rest, left).changed.flatMap((pair) => {
    const base = rest.find((it) => it === pair.base);
    const variant = left.find((it) => it === pair.head);
    return base && variant ? { in: latest, base, head: variant } : [];
  });
  return [...found, ...replaced];
}

/** Whether both are the same tag with the same options. */
function isAskedAlike(a: AskedVariant, b: AskedVariant): boolean {
  return pairModels([a], [b]).unchanged.length > 0;
}

/** A night on which every request of a model failed is nothing to hold the next one against. */
function isMeasured({ counts }: Variant): boolean {
  return counts.ok > 0;
}
