import type { SiteLine, SiteMachine, SiteNight, SitePrompt, SiteState } from './contract.ts';

/** The line that a file name or a URL names. */
export function lineBySlug({ lines }: SiteState, slug: string): SiteLine | null {
  return lines.find((it) => it.slug === slug) ?? null;
}

/** The lines of a model, those of the machine with the newest night first. */
export function linesOfModel({ machines, lines }: SiteState, model: string): SiteLine[] {
  return machines.flatMap(({ id }) => lines.filter((it) => it.model === model && it.machine === id));
}

/** Every model with its slug, by name. */
export function listModels({ lines }: SiteState): { model: string; slug: string }[] {
  const slugs = new Map(lines.map(({ model, modelSlug }) => [model, modelSlug]));
  return [...slugs].map(([model, slug]) => ({ model, slug })).sort((a, b) => (a.model < b.model ? -1 : 1));
}

export function machineById({ machines }: SiteState, id: string): SiteMachine | null {
  return machines.find((it) => it.id === id) ?? null;
}

/** The night at an index into the nights of a line. */
export function nightOfLine(state: SiteState, line: SiteLine, index: number): SiteNight | null {
  const at = line.nights.at(index);
  return at === undefined ? null : (machineById(state, line.machine)?.nights[at] ?? null);
}

/** The newest night on which a line was measured. */
export function lastNight(state: SiteState, line: SiteLine): SiteNight | null {
  return nightOfLine(state, line, -1);
}

/** Whether a line was measured on the newest night of its machine. */
export function isOfLatestNight(state: SiteState, line: SiteLine): boolean {
  const nights = machineById(state, line.machine)?.nights.length ?? 0;
  return line.nights.at(-1) === nights - 1;
}

/** The lines that were asked a prompt, ever. */
export function linesOfPrompt({ lines }: SiteState, { set, id }: Pick<SitePrompt, 'set' | 'id'>): SiteLine[] {
  return lines.filter(({ prompts }) => prompts[`${set}/${id}`] !== undefined);
}

/** The run of a night that measured a model: one of its shards, where it has some. */
export function runOfModel({ runs, parts = [] }: SiteNight, model: string): string {
  const part = parts.find(({ models }) => models.includes(model));
  return part?.runs[0] ?? runs[0] ?? '';
}
