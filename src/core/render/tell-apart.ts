import type { Variant } from '../../schema/run.ts';
import { formatDigest } from './format.ts';

type Named = Pick<Variant, 'name' | 'digest' | 'options' | 'think'>;

/**
 * What tells models of one name apart, in their order: `num_ctx 512`, `think high`, else `500a1f06`; empty for a name that
 * there is once. What all of one name are asked with is not told.
 */
export function tellApart(variants: readonly Named[]): string[] {
  const byName = Map.groupBy(variants, ({ name }) => name);
  return variants.map((variant) => {
    const alike = byName.get(variant.name) ?? [variant];
    const of = listAsked(variant);
    const names = new Set(alike.flatMap((it) => [...listAsked(it).keys()]));
    const asked = [...names]
      .sort()
      .filter((name) => new Set(alike.map((it) => listAsked(it).get(name))).size > 1)
      .map((name) => `${name} ${of.get(name) ?? 'default'}`);
    const isMoved = new Set(alike.map(({ digest }) => digest)).size > 1;
    return [...asked, ...(isMoved ? [formatDigest(variant.digest)] : [])].join(', ');
  });
}

function listAsked({ options, think }: Named): Map<string, string> {
  const values = Object.entries(options).map(([name, value]): [string, string] => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return new Map([...values, ['think', String(think ?? false)]]);
}
