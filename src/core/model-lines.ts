import type { Variant } from '../schema/run.ts';

type Asked = Pick<Variant, 'name' | 'options' | 'think'>;

/** A model of a run with what tells its line from the others of its machine. */
export interface ModelLine<Model extends Asked> {
  variant: Model;
  options: string;
  /** A run may ask for one model twice with the same options: 0 for the first. */
  copy: number;
}

/** The models of a run, in its order. */
export function listModelLines<Model extends Asked>(variants: readonly Model[]): ModelLine<Model>[] {
  const copies = new Map<string, number>();
  return variants.map((variant) => {
    const options = describeOptions(variant);
    const asked = JSON.stringify([variant.name, options]);
    const copy = copies.get(asked) ?? 0;
    copies.set(asked, copy + 1);
    return { variant, options, copy };
  });
}

/** Options and thinking in one line, sorted by name: `seed 7, temperature 0`. */
export function describeOptions({ options, think }: Pick<Asked, 'options' | 'think'>): string {
  const entries = Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1));
  const words = entries.map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  // Not to think is the default; null is a model that cannot. A tag may move from one to the other and is the same line.
  return [...words, ...(think === null || think === false ? [] : [`think ${think}`])].join(', ');
}
