import { runId, variantKey } from '../../../src/schema/primitives.ts';
import type { RunRows } from '../data/contract.ts';
import { formatStart } from './night-time.ts';

/** One side of a comparison as a URL names it: `<run id>`, or `<run id>:<variant key>` for one model of it. */
export interface SideChoice {
  run: string;
  /** null: every model that has a partner on the other side. */
  variant: string | null;
}

/** In place of a base: the run before head on its machine, whichever that is. */
export const runBefore = 'before';

/** null where the text names no run. */
export function readSide(text: string | undefined): SideChoice | null {
  const [run = '', variant, ...rest] = (text ?? '').split(':');
  if (!runId.safeParse(run).success || rest.length > 0) return null;
  if (variant === undefined || variant === '') return { run, variant: null };
  return variantKey.safeParse(variant).success ? { run, variant } : null;
}

export function writeSide({ run, variant }: SideChoice): string {
  return variant === null ? run : `${run}:${variant}`;
}

/** A run that can be chosen. */
export interface RunChoice {
  id: string;
  machine: string;
  /** `2026-11-24 01:30:07, complete, 3 models` */
  name: string;
  /** What a filter looks at. */
  text: string;
}

/** Every run of the site, newest first. */
export function listRunChoices(rows: RunRows): RunChoice[] {
  return rows.id.map((id, index) => {
    const machine = rows.machines[rows.machine[index] ?? -1];
    const models = (rows.variants[index] ?? []).flatMap((at) => rows.models[at] ?? []);
    const when = formatStart(new Date(rows.at[index] ?? 0).toISOString());
    const status = rows.status[index] ?? 'complete';
    const label = machine?.label ?? '';
    return {
      ...{ id, machine: machine?.id ?? '' },
      name: [when, label, ...(status === 'complete' ? [] : [status]), summarise(models)].join(' · '),
      text: [id, when, label, status, rows.event[index], rows.sha[index], ...models].join('\n').toLowerCase(),
    };
  });
}

/** Those that have every word of the filter, at most so many, and the chosen one whether it has or not. */
export function filterChoices(
  choices: readonly RunChoice[],
  words: string,
  { chosen, most }: { chosen: string | null; most: number },
): { shown: RunChoice[]; found: number } {
  const wanted = words
    .toLowerCase()
    .split(/\s+/)
    .filter((it) => it !== '');
  const found = choices.filter(({ text }) => wanted.every((word) => text.includes(word)));
  const shown = found.slice(0, most);
  const own = choices.find(({ id }) => id === chosen);
  const isShown = own === undefined || shown.includes(own);
  return { shown: isShown ? shown : [own, ...shown], found: found.length };
}

/**
 * The runs before one on its machine, oldest first, at most so many: what says how much nights differ by themselves.
 * @param without the run that they are to be compared with, which cannot be among them.
 */
export function listEarlier(
  choices: readonly RunChoice[],
  { base, without, most }: { base: string; without: string; most: number },
): string[] {
  const machine = choices.find(({ id }) => id === base)?.machine;
  return choices
    .filter((it) => it.machine === machine && it.id < base && it.id !== without)
    .map(({ id }) => id)
    .sort()
    .slice(most === 0 ? Number.POSITIVE_INFINITY : -most);
}

function summarise(models: readonly string[]): string {
  const [first, ...others] = models;
  if (first === undefined) return 'no model';
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}
