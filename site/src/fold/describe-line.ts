import { describeOptions } from '../../../src/core/change-points/watched-night.ts';
import type { Variant } from '../../../src/schema/run.ts';

/** The variants of a run with what tells their lines apart: a run may ask for one model twice with the same options. */
export function listLines<V extends Pick<Variant, 'name' | 'options' | 'think'>>(
  machine: string,
  variants: readonly V[],
): { key: string; options: string; variant: V }[] {
  const copies = new Map<string, number>();
  return variants.map((variant) => {
    const options = describeOptions(variant);
    const asked = JSON.stringify([machine, variant.name, options]);
    const copy = copies.get(asked) ?? 0;
    copies.set(asked, copy + 1);
    return { key: JSON.stringify([machine, variant.name, options, copy]), options, variant };
  });
}

/** A name that is not taken yet, with a number where it is: `qwen3-8b`, `qwen3-8b.2`. It is taken then. */
export function takeName(wanted: string, taken: Set<string>): string {
  let free = wanted;
  for (let copy = 2; taken.has(free); copy++) free = `${wanted}.${copy}`;
  taken.add(free);
  return free;
}
