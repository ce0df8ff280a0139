import type { Prompt } from '../../../src/schema/prompt-set.ts';
import type { Run } from '../../../src/schema/run.ts';
import type { StoredRun } from '../../../src/store/read-run-folder.ts';
import { type SiteData, siteData } from '../data/site-data.ts';
import { buildLines, type Line, nameModels } from './lines.ts';

/** One prompt of one set, as the newest run that asked it had it. */
export interface SitePrompt {
  set: string;
  id: string;
  title: string;
  category: string;
  /** null where no run's prompt set could be read. */
  text: Prompt | null;
}

export interface Machine {
  id: string;
  label: string;
  /** Oldest first. */
  runs: StoredRun[];
  latest: StoredRun;
  lines: Line[];
}

export interface SiteModel extends SiteData {
  lines: Line[];
  modelSlugs: Map<string, string>;
  /** The one with the newest run first. */
  machines: Machine[];
  /** In the order of the newest sets. */
  prompts: SitePrompt[];
  /** A minute does not tell its runs apart. */
  hasRunsOfOneMinute: boolean;
}

/** Arranges the runs (oldest first) for the pages. */
export function arrangeSite(data: SiteData): SiteModel {
  const lines = buildLines(data.runs);
  return {
    ...data,
    lines,
    modelSlugs: nameModels(lines.map(({ model }) => model)),
    machines: arrangeMachines(data.runs, lines),
    prompts: arrangePrompts(data.runs),
    hasRunsOfOneMinute:
      new Set(data.runs.map(({ run }) => run.startedAt.slice(0, 16))).size < data.runs.length,
  };
}

let arranged: { data: SiteData; model: SiteModel } | null = null;

/** The site that is being built, arranged once and not for every page. */
export function siteModel(): SiteModel {
  const data = siteData();
  if (arranged?.data !== data) arranged = { data, model: arrangeSite(data) };
  return arranged.model;
}

/** The lines that a run has a measured point on. */
export function linesOf(lines: readonly Line[], run: Run): Line[] {
  return lines.filter(({ points }) => points.some((it) => it.run.id === run.id && it.variant !== null));
}

function arrangeMachines(runs: readonly StoredRun[], lines: readonly Line[]): Machine[] {
  const byId = new Map<string, Machine>();
  for (const stored of runs) {
    const { id, label } = stored.run.machine;
    const machine = byId.get(id);
    if (machine) {
      machine.runs.push(stored);
      machine.latest = stored;
      machine.label = label;
    } else {
      const own = lines.filter((line) => line.machine.id === id);
      byId.set(id, { id, label, runs: [stored], latest: stored, lines: own });
    }
  }
  const newest = (it: Machine) => Date.parse(it.latest.run.startedAt);
  return [...byId.values()].sort((a, b) => newest(b) - newest(a));
}

function arrangePrompts(runs: readonly StoredRun[]): SitePrompt[] {
  const found = new Map<string, SitePrompt>();
  for (const { run, promptSet } of runs.toReversed()) {
    for (const { id, title, category } of run.promptSet.prompts) {
      const key = `${run.promptSet.id}/${id}`;
      const text = promptSet?.prompts.find((it) => it.id === id) ?? null;
      const known = found.get(key);
      if (!known) found.set(key, { set: run.promptSet.id, id, title, category, text });
      else known.text ??= text;
    }
  }
  return [...found.values()];
}
