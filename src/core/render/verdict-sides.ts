import type { ModelVerdict } from '../../schema/verdict.ts';
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

/** Both tags, or of a tag that moved both digests: parts that stand for models, from base to head. */
export function nameSides({ base, head }: Pick<ModelVerdict, 'base' | 'head'>): {
  tag: string | null;
  from: string;
  to: string | null;
} {
  if (base.name !== head.name) return { tag: null, from: base.name, to: head.name };
  if (base.digest === head.digest) return { tag: null, from: head.name, to: null };
  return { tag: head.name, from: formatDigest(base.digest), to: formatDigest(head.digest) };
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
