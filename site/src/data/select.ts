import type { SiteLine, SiteMachine, SiteNight, SiteState } from './contract.ts';

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

/** The run of a night that measured a model: one of its shards, where it has some. */
export function runOfModel({ runs, parts = [] }: SiteNight, model: string): string {
  const part = parts.find(({ models }) => models.includes(model));
  return part?.runs[0] ?? runs[0] ?? '';
}
