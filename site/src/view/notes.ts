import { effectNames, flagList } from '../../../src/core/render/definitions.ts';
import { formatQuantity } from '../../../src/core/render/format.ts';
import { listModelNotes, type ModelNote } from '../../../src/core/render/model-notes.ts';
import type { Variant } from '../../../src/schema/run.ts';
import { links } from './href.ts';

/** One flag of one model, or of samples of it. */
export interface NoteRow extends ModelNote {
  model: string;
  /** Key of the model's variant. */
  variant: string;
  /** `1 sample`, `the model, 2 times`. */
  on: string;
  effect: string;
  /** Samples are left out because of it. */
  isInvalid: boolean;
}

const known = new Map(flagList.map((it) => [it.code, it]));

/** What is said against models and their samples; what costs samples comes first. */
export function listNotes(variants: readonly Variant[]): NoteRow[] {
  const all = variants.map((variant) => ({
    ...{ model: variant.name, variant: variant.key },
    notes: listModelNotes(variant),
  }));
  const rows = (kind: 'model' | 'invalid' | 'remarks') =>
    all.flatMap(({ model, variant, notes }) =>
      notes[kind].map((note) => ({
        ...{ ...note, model, variant, isInvalid: kind === 'invalid' },
        on: describeOn(kind === 'model', note.times),
        effect: effectNames[known.get(note.code)?.effect ?? (kind === 'invalid' ? 'invalid' : 'note')],
      })),
    );
  return [...rows('invalid'), ...rows('model'), ...rows('remarks')];
}

function describeOn(isModel: boolean, times: number): string {
  if (!isModel) return formatQuantity(times, 'sample');
  return times === 1 ? 'the model' : `the model, ${times} times`;
}

/** Where a flag is explained; null for one that only a newer Herdmark knows. */
export function linkFlag(code: string): string | null {
  return known.has(code) ? links.methodology(flagAnchor(code)) : null;
}

export function flagAnchor(code: string): string {
  return `flag-${code}`;
}
