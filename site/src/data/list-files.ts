import { currentSchemaVersion as schemaVersion } from '../../../src/schema/documents.ts';
import { renderAtom } from '../feed/atom.ts';
import { renderBadges } from '../feed/badges.ts';
import { trendIds } from '../view/trend-definitions.ts';
import type { LineNights, RunRows, SiteData, SiteIndex, SiteLine, SiteState } from './contract.ts';
import { machineById, runOfModel } from './select.ts';

/** A file of the site that is made of the state: its path below the site's folder, and what it holds. */
export interface DataFile {
  path: string;
  read(): string;
}

/** Says which runs are in the site, to programs, and that a folder is ours to replace, to the next build. */
export const indexFile = 'data/index.json';

/** All that browsers and other programs may ask for, besides documents of the history. */
export function* listDataFiles(data: SiteData, siteUrl: string | null): Generator<DataFile> {
  const { changes, builtAt } = data;
  yield json('data/runs.json', () => listRunRows(data));
  yield json('data/changes.json', () => changes);
  yield { path: 'data/changes.atom', read: () => renderAtom(changes, { siteUrl, builtAt }) };
  for (const { path, json: badge } of renderBadges(data)) yield json(path, () => badge);
  for (const line of data.lines) yield* listLineFiles(data, line);
}

function json(path: string, read: () => unknown): DataFile {
  return { path, read: () => JSON.stringify(read()) };
}

function* listLineFiles(state: SiteState, line: SiteLine): Generator<DataFile> {
  const folder = `data/lines/${line.slug}`;
  yield json(`${folder}/nights.json`, () => listLineNights(state, line));
  for (const id of trendIds)
    yield json(`${folder}/${id}.json`, () => ({ schemaVersion, ...line.trends[id] }));
  for (const [key, prompt] of Object.entries(line.prompts)) {
    yield json(`${folder}/prompts/${key}.json`, () => ({ schemaVersion, ...prompt }));
  }
}

/** What is where: the sitemap of everything that can be downloaded. */
export function describeSite({ builtAt, machines, lines, prompts, skipped }: SiteData): SiteIndex {
  return {
    schemaVersion,
    generator: 'herdmark',
    builtAt,
    runs: machines.flatMap(({ nights }) => nights).reduce((total, { runs }) => total + runs.length, 0),
    machines: machines.map(({ id, label, nights }) => ({
      ...{ id, label, nights: nights.length },
      latest: nights.at(-1)?.runs ?? [],
    })),
    lines: lines.map(({ slug, model, modelSlug, machine, options, nights, identities, prompts }) => ({
      ...{ slug, model, modelSlug, machine, options, nights: nights.length },
      digests: [...new Set(identities.map(({ digest }) => digest))],
      prompts: Object.keys(prompts),
    })),
    trends: [...trendIds],
    prompts,
    skipped,
    files: {
      runs: 'data/runs.json',
      changes: 'data/changes.json',
      feed: 'data/changes.atom',
      line: ['nights', ...trendIds, 'prompts/<set>/<prompt>'].map((it) => `data/lines/<slug>/${it}.json`),
      run: 'data/runs/<yyyy>/<mm>/<run id>.json.gz',
      samples: 'data/samples/<yyyy>/<mm>/<run id>.json.gz',
      input: 'data/inputs/<2 hex digits>/<30 hex digits>.json',
      output: 'data/outputs/<2 hex digits>/<30 hex digits>.json',
      schemas: 'data/schema/<name>.json',
    },
  };
}

function listLineNights(state: SiteState, line: SiteLine): LineNights {
  const machine = machineById(state, line.machine);
  const nights = line.nights.flatMap((at) => machine?.nights[at] ?? []);
  const digests: string[] = [];
  const digest: number[] = [];
  for (const { digest: name, first, last } of line.identities) {
    const known = digests.indexOf(name);
    const index = known >= 0 ? known : digests.push(name) - 1;
    for (let at = first; at <= last; at++) digest.push(index);
  }
  return {
    schemaVersion,
    run: nights.map((night) => runOfModel(night, line.model)),
    at: nights.map(({ at }) => Date.parse(at)),
    sha: nights.map(({ sha }) => sha),
    ...{ digest, digests },
    status: nights.map(({ status }) => status),
    marks: line.marks,
    machine: line.machine,
    model: line.model,
    options: line.options,
  };
}

/** Every run as a row, newest first. */
export function listRunRows({ machines }: SiteState): RunRows {
  const rows = machines
    .flatMap(({ nights }, machine) =>
      nights.flatMap(({ parts, ...night }) => parts ?? [night]).map((night) => ({ machine, night })),
    )
    .sort((a, b) => (a.night.at > b.night.at ? -1 : 1));
  const models = [...new Set(rows.flatMap(({ night }) => night.models))].sort();
  const indices = new Map(models.map((model, index) => [model, index]));
  const column = <T>(read: (row: (typeof rows)[number]) => T) => rows.map(read);
  return {
    schemaVersion,
    id: column(({ night }) => night.runs[0] ?? ''),
    at: column(({ night }) => Date.parse(night.at)),
    machine: column(({ machine }) => machine),
    machines: machines.map(({ id, label }) => ({ id, label })),
    status: column(({ night }) => night.status),
    event: column(({ night }) => night.event),
    sha: column(({ night }) => night.sha),
    ok: column(({ night }) => night.ok),
    failed: column(({ night }) => night.failed),
    invalid: column(({ night }) => night.invalid),
    variants: column(({ night }) => night.models.flatMap((model) => indices.get(model) ?? [])),
    models,
  };
}
