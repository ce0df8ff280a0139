import type { ModelVerdict } from '../../schema/verdict.ts';
import { describeAskedChanges } from '../epochs.ts';
import { describeOptions } from '../model-lines.ts';
import { formatDigest, missing } from './format.ts';

/** One thing about both sides of a comparison, as they were asked. */
export interface SideRow {
  name: string;
  base: string;
  head: string;
  isSame: boolean;
}

/** What the two sides are; what differs is the treatment. */
export function describeSides({ base, head }: Pick<ModelVerdict, 'base' | 'head'>): SideRow[] {
  const rows: (readonly [name: string, base: string | null, head: string | null])[] = [
    ['Tag', base.name, head.name],
    ['Digest', formatDigest(base.digest), formatDigest(head.digest)],
    ['Parameters', base.parameterSize, head.parameterSize],
    ['Quantization', base.quantization, head.quantization],
    ['Context', show(base.contextLength), show(head.contextLength)],
    ['Template', digestOf(base.templateHash), digestOf(head.templateHash)],
    ['Options', optionsOf(base), optionsOf(head)],
    ['Think', show(base.think), show(head.think)],
  ];
  return rows.map(([name, before, after]) => ({
    ...{ name, base: before ?? missing, head: after ?? missing, isSame: before === after },
  }));
}

/** What a comparison is called, and what else was changed of the model. */
export interface ComparisonName {
  /** The tag, or both: `qwen3:8b` → `qwen3:14b`. */
  from: string;
  to: string | null;
  /** What was changed of one tag: `Q4_K_M → Q8_0`, `500a1f06 → 9abcdef0`, `num_ctx 512 → 1024`. */
  changes: string[];
  /** What came with that. */
  also: string[];
}

export function nameSides({ base, head }: Pick<ModelVerdict, 'base' | 'head'>): ComparisonName {
  const change = (before: string | null, after: string | null, name = '') =>
    before === after ? [] : [`${name}${before ?? 'unknown'} → ${after ?? 'unknown'}`];
  const others = [
    ...change(base.parameterSize, head.parameterSize, 'parameters '),
    ...change(digestOf(base.templateHash), digestOf(head.templateHash), 'template '),
  ];
  if (base.name !== head.name) {
    // Another model has another context of its own; what was asked of both is told.
    const asked = describeAskedChanges({ ...base, contextLength: null }, { ...head, contextLength: null });
    return {
      ...{ from: base.name, to: head.name, changes: asked },
      also: [...change(base.quantization, head.quantization, 'quantization '), ...others],
    };
  }
  return {
    ...{ from: head.name, to: null, also: others },
    changes: [
      ...change(base.quantization, head.quantization),
      ...change(formatDigest(base.digest), formatDigest(head.digest)),
      ...describeAskedChanges(base, head),
    ],
  };
}

function show(value: string | number | boolean | null): string | null {
  return value === null ? null : String(value);
}

function digestOf(hash: string | null): string | null {
  return hash === null ? null : formatDigest(hash);
}

/** Thinking has a row of its own. */
function optionsOf({ options }: ModelVerdict['base']): string {
  return describeOptions({ options, think: null }) || 'none';
}
