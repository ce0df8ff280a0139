import type { Check } from '../../schema/check.ts';
import { toPlainLine } from '../render/untrusted-text.ts';
import { wordingsOf } from './facts.ts';
import { countOf, listOf, quote } from './wording.ts';

const longestLabel = 120;

/** What a check is called in reports: its own label, or one made from its content. */
export function labelCheck(check: Check): string {
  const label = check.label ?? `${check.not ? 'not: ' : ''}${describeCheck(check)}`;
  return toPlainLine(label, longestLabel);
}

/** `exactly 3 bullets`, `at most 12 words`, `4 to 40 words`. */
export function describeRange({ unit, min = 0, max }: Extract<Check, { type: 'length' }>): string {
  const name = unit.slice(0, -1);
  if (max === undefined) return `at least ${countOf(min, name)}`;
  if (min === max) return `exactly ${countOf(max, name)}`;
  return min === 0 ? `at most ${countOf(max, name)}` : `${min} to ${countOf(max, name)}`;
}

/** `JSON`, `bare JSON`, `fenced JSON`. */
export function describeJsonForm({ form = 'any' }: Extract<Check, { type: 'json' }>): string {
  return form === 'any' ? 'JSON' : `${form} JSON`;
}

function describeCheck(check: Check): string {
  switch (check.type) {
    case 'json':
      return describeJsonForm(check);
    case 'keys':
      return `JSON with ${listOf(check.keys)}`;
    case 'schema':
      return typeof check.schema.title === 'string'
        ? `JSON Schema ${quote(check.schema.title)}`
        : 'JSON Schema';
    case 'length':
      return describeRange(check);
    case 'facts': {
      const { present = [], absent = [] } = check;
      const has =
        present.length > 0 ? [`has ${listOf(present.map((fact) => wordingsOf(fact)[0] ?? ''))}`] : [];
      const lacks = absent.length > 0 ? [`lacks ${listOf(absent)}`] : [];
      return [...has, ...lacks].join('; ');
    }
    case 'regex':
      return `matches ${check.pattern}`;
    case 'equals':
      return `is ${quote(check.value)}`;
    case 'tool-call':
      return `calls ${check.name ?? 'a tool'}${check.arguments ? ' with the right arguments' : ''}`;
    case 'embedding':
      return describeEmbedding(check);
  }
}

/** `8 vectors of 384 dimensions, 2 similarities`: what is asked for of it, and `vectors` where nothing is. */
function describeEmbedding({ vectors, dimensions, closer }: Extract<Check, { type: 'embedding' }>): string {
  const many = vectors === undefined ? 'vectors' : countOf(vectors, 'vector');
  const long = dimensions === undefined ? '' : ` of ${countOf(dimensions, 'dimension')}`;
  if (closer === undefined) return many + long;
  const similarities = closer.length === 1 ? '1 similarity' : `${closer.length} similarities`;
  return vectors === undefined && dimensions === undefined ? similarities : `${many}${long}, ${similarities}`;
}
