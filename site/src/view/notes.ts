import { effectNames, flagList } from '../../../src/core/render/definitions.ts';
import { formatQuantity } from '../../../src/core/render/format.ts';
import { listModelNotes } from '../../../src/core/render/model-notes.ts';
import type { Variant } from '../../../src/schema/run.ts';
import { links } from './href.ts';

/** A flag that models, or samples of them, have for one and the same reason. */
export interface NoteRow {
  code: string;
  effect: string;
  /** Samples are left out because of it. */
  isInvalid: boolean;
  /** What the first of them says. */
  reason: string;
  on: {
    /** `1 sample`, `the model, 2 times`. */
    what: string;
    /** Of which models, with the keys of their variants. */
    of: { model: string; variant: string }[];
  }[];
}

const known = new Map(flagList.map((it) => [it.code, it]));

/** What is said against models and their samples; what costs samples comes first. */
export function listNotes(variants: readonly Variant[]): NoteRow[] {
  const all = variants.map((variant) => ({
    ...{ model: variant.name, variant: variant.key },
    notes: listModelNotes(variant),
  }));
  const rows = (kind: 'model' | 'invalid' | 'remarks') => {
    const notes = all.flatMap(({ model, variant, notes }) =>
      notes[kind].map(({ code, reason, times }) => ({
        ...{ code, reason, what: describeOn(kind === 'model', times), model, variant },
      })),
    );
    const byReason = Map.groupBy(notes, ({ code, reason }) => JSON.stringify([code, reason]));
    return [...byReason.values()].flatMap((own): NoteRow[] => {
      const [first] = own;
      if (first === undefined) return [];
      const { code, reason } = first;
      return [
        {
          ...{ code, reason, isInvalid: kind === 'invalid' },
          effect: effectNames[known.get(code)?.effect ?? (kind === 'invalid' ? 'invalid' : 'note')],
          on: [...Map.groupBy(own, ({ what }) => what)].map(([what, of]) => ({
            what,
            of: of.map(({ model, variant }) => ({ model, variant })),
          })),
        },
      ];
    });
  };
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
