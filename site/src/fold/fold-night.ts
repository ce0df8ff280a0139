import { listModelLines } from '../../../src/core/model-lines.ts';
import { slugify } from '../../../src/core/slug.ts';
import type { SiteMachine, SiteNight, SitePrompt } from '../data/contract.ts';
import { addToLine, emptyTrends, type FoldedLine } from './fold-line.ts';
import type { PromptReading, RunHead, RunReading } from './read-run.ts';

/** What was folded so far, as JSON may keep it. */
export interface Fold {
  machines: Omit<SiteMachine, 'latest'>[];
  lines: FoldedLine[];
  /** By `<set>/<prompt>`. */
  prompts: Record<string, Omit<SitePrompt, 'isCurrent'>>;
  /** The first to come has the plain slug, so that a later one never moves it. */
  models: { name: string; slug: string }[];
}

export function emptyFold(): Fold {
  return { machines: [], lines: [], prompts: {}, models: [] };
}

/**
 * Adds one night of one machine. Nothing that was said of earlier nights changes, so that nights can be added as they come.
 * @param runs What one workflow run measured on the machine: one run, or its shards in the order in which they began.
 */
export function addNight(fold: Fold, runs: readonly RunReading[]): void {
  const [first] = runs;
  if (first === undefined) throw new Error('A night without a run.');
  const machine = findMachine(fold, first.head);
  machine.label = first.head.machine.label;
  const night = machine.nights.push(mergeHeads(runs.map(({ head }) => head))) - 1;
  const measured = new Set<string>();
  for (const run of runs) {
    addPrompts(fold, run);
    for (const { variant, options, copy } of listModelLines(run.head.variants)) {
      const key = JSON.stringify([machine.id, variant.name, options, copy]);
      // Two shards that measured the same are two measurements of it: the first counts.
      if (measured.has(key)) continue;
      measured.add(key);
      const line = findLine(fold, { key, model: variant.name, machine: machine.id, options });
      addToLine(line, night, run.head, variant, listPrompts(run, variant.key));
    }
  }
}

function listPrompts({ head, prompts }: RunReading, variant: string): Map<string, PromptReading> {
  return new Map((prompts[variant] ?? []).map((it) => [`${head.promptSet.id}/${it.prompt}`, it]));
}

function findMachine(fold: Fold, { machine: { id, label } }: RunHead): Fold['machines'][number] {
  const known = fold.machines.find((it) => it.id === id);
  if (known !== undefined) return known;
  const machine = { id, label, nights: [] };
  fold.machines.push(machine);
  return machine;
}

function mergeHeads(heads: readonly RunHead[]): SiteNight {
  const parts = heads.map(readNight);
  const [first, second] = parts;
  if (first === undefined) throw new Error('A night without a run.');
  if (second === undefined) return first;
  const sum = (of: 'ok' | 'failed' | 'invalid') => parts.reduce((total, it) => total + it[of], 0);
  return {
    ...{ ...first, runs: parts.flatMap(({ runs }) => runs), parts },
    status: parts.every(({ status }) => status === first.status) ? first.status : 'partial',
    ...{ ok: sum('ok'), failed: sum('failed'), invalid: sum('invalid') },
    models: [...new Set(parts.flatMap(({ models }) => models))],
  };
}

function readNight({ id, startedAt, status, source, counts, variants }: RunHead): SiteNight {
  const { ok, failed, invalid } = counts;
  return {
    ...{ runs: [id], at: startedAt, status, ok, failed, invalid },
    ...{ event: source.event, sha: source.sha, repository: source.repository },
    models: [...new Set(variants.map(({ name }) => name))],
  };
}

function findLine(fold: Fold, own: Pick<FoldedLine, 'key' | 'model' | 'machine' | 'options'>): FoldedLine {
  const known = fold.lines.find(({ key }) => key === own.key);
  if (known !== undefined) return known;
  const modelSlug = nameModel(fold, own.model);
  const siblings = fold.lines.filter(({ model }) => model === own.model).length;
  const wanted = `${modelSlug}-${own.machine.slice(0, machineDigits)}`;
  const line: FoldedLine = {
    ...{ ...own, modelSlug, slug: findFreeName(wanted, new Set(fold.lines.map(({ slug }) => slug))) },
    ...{ anchor: `line-${siblings + 1}`, nights: [], trends: emptyTrends() },
    ...{ identities: [], marks: [], prompts: {}, before: null },
  };
  fold.lines.push(line);
  return line;
}

const machineDigits = 6;

function nameModel({ models }: Fold, name: string): string {
  const known = models.find((it) => it.name === name);
  if (known !== undefined) return known.slug;
  // The page of all models lies beside them under this name.
  const taken = new Set(['index.html', ...models.map((it) => it.slug)]);
  const slug = findFreeName(slugify(name), taken);
  models.push({ name, slug });
  return slug;
}

/** With a number where the name is taken: `qwen3-8b`, `qwen3-8b.2`. */
function findFreeName(wanted: string, taken: ReadonlySet<string>): string {
  let free = wanted;
  for (let copy = 2; taken.has(free); copy++) free = `${wanted}.${copy}`;
  return free;
}

function addPrompts(fold: Fold, { head, promptSet }: RunReading): void {
  const { id: set, version, prompts } = head.promptSet;
  for (const { id, title, category } of prompts) {
    const known = fold.prompts[`${set}/${id}`];
    // A run whose prompt set could not be kept says nothing of the text: the one before stays.
    fold.prompts[`${set}/${id}`] = {
      ...{ set, id, title, category, version },
      promptSet: promptSet ?? known?.promptSet ?? null,
    };
  }
}
