/** p values adjusted for the chance that any of the family is wrong (Holm, Scand. J. Statist. 6, 1979), in their order. */
export function adjustHolm(pValues: readonly number[]): number[] {
  const n = pValues.length;
  let largest = 0;
  return inOrder(pValues, (p, rank) => {
    largest = Math.max(largest, Math.min((n - rank) * p, 1));
    return largest;
  });
}

/**
 * p values adjusted for the share of those called that is wrong (Benjamini & Hochberg, J. R. Statist. Soc. B 57, 1995), in
 * their order.
 */
export function adjustFalseDiscovery(pValues: readonly number[]): number[] {
  const n = pValues.length;
  let smallest = 1;
  return inOrder(
    pValues,
    (p, rank) => {
      smallest = Math.min(smallest, (n / (rank + 1)) * p);
      return smallest;
    },
    'largest first',
  );
}

/**
 * For tests that cannot reach a small p by themselves: the share of wrong ones among those that are at the smallest
 * value `least` that any could have, told by how many could be and are not (Selective SeqStep+, Barber & Candès, Annals
 * of Statistics 43, 2015). One number for each that is there; 1 for the others.
 */
export function adjustByCount(pValues: readonly number[], least: number): number[] {
  const isLeast = (p: number) => p <= least * (1 + 1e-9);
  const reached = pValues.filter(isLeast).length;
  const share = ((pValues.length - reached + 1) * least) / (1 - least) / Math.max(reached, 1);
  return pValues.map((p) => (isLeast(p) && least < 1 ? Math.min(share, 1) : 1));
}

/** Goes through the values by size; the rank counts from 0 at the smallest. */
function inOrder(
  values: readonly number[],
  adjust: (value: number, rank: number) => number,
  order: 'smallest first' | 'largest first' = 'smallest first',
): number[] {
  const ranked = values.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value);
  const adjusted = new Array<number>(values.length);
  const ranks = ranked.map((it, rank) => ({ ...it, rank }));
  for (const { value, index, rank } of order === 'smallest first' ? ranks : ranks.reverse()) {
    adjusted[index] = adjust(value, rank);
  }
  return adjusted;
}
