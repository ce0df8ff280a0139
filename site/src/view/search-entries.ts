import { formatDigest } from '../../../src/core/render/format.ts';
import { links } from './href.ts';
import { formatNight } from './night-time.ts';

/** One thing that can be gone to. */
export interface SearchEntry {
  kind: 'page' | 'model' | 'prompt' | 'machine' | 'run';
  name: string;
  /** What tells it from others of that name. */
  detail: string;
  /** What finds it as well, and is not shown. */
  keys?: string;
  href: string;
}

/** Of data/index.json, what can be searched. */
export interface SearchIndex {
  machines: readonly { id: string; label: string }[];
  lines: readonly {
    model: string;
    modelSlug: string;
    machine: string;
    options: string;
    digests: readonly string[];
  }[];
  prompts: readonly { set: string; id: string; title: string; category: string }[];
}

/** Of data/runs.json, the same. */
export interface SearchRuns {
  id: readonly string[];
  at: readonly number[];
  machine: readonly number[];
  machines: readonly { id: string; label: string }[];
  status: readonly string[];
  event: readonly (string | null)[];
  sha: readonly (string | null)[];
}

/** Pages, models, prompts, machines, then runs from the newest: the order in which equals are offered. */
export function listEntries({ machines, lines, prompts }: SearchIndex, runs: SearchRuns): SearchEntry[] {
  const labels = new Map(machines.map(({ id, label }) => [id, label]));
  const models = Map.groupBy(lines, ({ model }) => model);
  return [
    ...pages(),
    ...[...models].map(([model, own]) => ({
      ...{ kind: 'model' as const, name: model, href: links.model(own[0]?.modelSlug ?? '') },
      detail: [...new Set(own.map(({ machine }) => labels.get(machine) ?? machine))].join(', '),
      keys: own.flatMap(({ digests }) => digests.map(formatDigest)).join(' '),
    })),
    ...prompts.map(({ set, id, title, category }) => ({
      ...{ kind: 'prompt' as const, name: title, detail: `${set}/${id}, ${category}` },
      href: links.prompt(set, id),
    })),
    ...machines.map(({ id, label }) => ({
      ...{ kind: 'machine' as const, name: label, detail: `${id}: its runs` },
      href: `${links.runs()}?machine=${id}`,
    })),
    ...runs.id.map((id, index) => ({
      ...{ kind: 'run' as const, href: links.run(id) },
      name: formatNight(new Date(runs.at[index] ?? 0).toISOString()),
      detail: [
        runs.machines[runs.machine[index] ?? -1]?.label,
        runs.status[index],
        runs.event[index],
        runs.sha[index]?.slice(0, 8),
        id,
      ]
        .filter((it) => it !== null && it !== undefined)
        .join(' · '),
    })),
  ];
}

/**
 * The entries that have every word of the query, in their name or beside it, the best first: those whose name begins
 * with the first word, then those that have it in their name. An empty query has all of them.
 */
export function findEntries(entries: readonly SearchEntry[], query: string, most: number): SearchEntry[] {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((it) => it !== '');
  const ranks: SearchEntry[][] = [[], [], []];
  for (const entry of entries) {
    const name = entry.name.toLowerCase();
    const text = `${name} ${entry.detail.toLowerCase()} ${entry.keys ?? ''} ${entry.kind}`;
    if (!words.every((word) => text.includes(word))) continue;
    const [first = ''] = words;
    ranks[name.startsWith(first) ? 0 : name.includes(first) ? 1 : 2]?.push(entry);
  }
  return ranks.flat().slice(0, most);
}

function pages(): SearchEntry[] {
  const page = (name: string, detail: string, href: string) => ({
    kind: 'page' as const,
    name,
    detail,
    href,
  });
  return [
    page('Overview', 'what changed since the night before', links.overview()),
    page('Models', 'every model that was measured', links.models()),
    page('Prompts', 'every answer', links.prompts()),
    page('Runs', 'every night', links.runs()),
    page('Compare', 'any two runs', links.compare()),
    page('Changes', 'alarms and change points', links.changes()),
    page('Methodology', 'what the numbers mean', links.methodology()),
  ];
}
