import { slugify } from '../../../src/core/slug.ts';
import type { Run, Variant } from '../../../src/schema/run.ts';
import type { StoredRun } from '../../../src/store/read-run-folder.ts';
import { type Change, findChanges } from './changes.ts';

/** One model tag with one set of options on one machine: what a trend is drawn of. Never merged with another. */
export interface Line {
  key: string;
  model: string;
  machine: Run['machine'];
  options: string;
  /** Its section on the model's page: unique among the lines of the model. */
  anchor: string;
  /** Oldest first, from the first run that has it to the last; runs of its machine in between without it are gaps. */
  points: LinePoint[];
}

export interface LinePoint {
  stored: StoredRun;
  run: Run;
  /** null: this run did not measure it. */
  variant: Variant | null;
  before: MeasuredPoint | null;
  /** What is different from the point before, the model under the tag first of all. */
  changes: Change[];
  /** No run for much longer than usual: the line is broken here. */
  pausedBefore: boolean;
}

export type MeasuredPoint = LinePoint & { variant: Variant };

/** Of the usual interval: within this share more or less of it, runs keep a rhythm; beyond it, one was missed. */
const tolerance = 0.5;

/** Sorts every variant of every run (oldest first) into lines, in the order in which they first appear. */
export function buildLines(runs: readonly StoredRun[]): Line[] {
  const found = new Map<string, Line>();
  for (const { run } of runs) {
    for (const variant of run.variants) {
      const key = lineKey(run, variant);
      if (found.has(key)) continue;
      const siblings = [...found.values()].filter(({ model }) => model === variant.name).length;
      found.set(key, {
        ...{ key, model: variant.name, machine: run.machine, options: describeOptions(variant) },
        ...{ anchor: `line-${siblings + 1}`, points: [] },
      });
    }
  }
  const lines = [...found.values()];
  for (const line of lines) line.points = buildPoints(line, runs);
  return lines;
}

export function isMeasured(point: LinePoint): point is MeasuredPoint {
  return point.variant !== null;
}

/** The newest point that was measured. A line has one by construction. */
export function lastPoint({ points }: Line): MeasuredPoint | undefined {
  return points.findLast(isMeasured);
}

/** How many runs back a median is held against: two weeks of nights show how a machine swings. */
const longestStretch = 14;

/** The runs before a point, newest first, back to the last change of something besides time. */
export function stretchBefore({ before }: LinePoint): MeasuredPoint[] {
  const stretch: MeasuredPoint[] = [];
  let point = before;
  while (point !== null && stretch.length < longestStretch) {
    stretch.push(point);
    point = point.changes.length === 0 ? point.before : null;
  }
  return stretch;
}

/** One model that a tag has stood for. */
export interface Identity {
  variant: Variant;
  first: Run;
  last: Run;
  runs: number;
}

/** Which models the tag of a line stood for, newest first; one that came back counts anew. */
export function listIdentities(line: Line): Identity[] {
  const identities: Identity[] = [];
  for (const { run, variant } of line.points.filter(isMeasured)) {
    const current = identities[0];
    if (current?.variant.digest === variant.digest) {
      current.last = run;
      current.runs++;
    } else {
      identities.unshift({ variant, first: run, last: run, runs: 1 });
    }
  }
  return identities;
}

/** Where the trend of one metric of a line stands on the model's page. */
export function trendAnchor({ anchor }: Line, trend: string): string {
  return `${anchor}-${trend}`;
}

/** The URL slug of each model name: where two names give the same slug, the later (by name) gets a number. */
export function nameModels(models: readonly string[]): Map<string, string> {
  const slugs = new Map<string, string>();
  const taken = new Set<string>();
  for (const model of [...new Set(models)].sort()) {
    const slug = slugify(model);
    let free = slug;
    for (let copy = 2; taken.has(free); copy++) free = `${slug}.${copy}`;
    taken.add(free);
    slugs.set(model, free);
  }
  return slugs;
}

/** Options and thinking in one line, sorted by name: `seed 7, temperature 0`. */
export function describeOptions({ options, think }: Pick<Variant, 'options' | 'think'>): string {
  const entries = Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1));
  const words = entries.map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  if (think !== null) words.push(`think ${think}`);
  return words.join(', ');
}

function buildPoints(line: Line, runs: readonly StoredRun[]): LinePoint[] {
  const points: LinePoint[] = [];
  let before: MeasuredPoint | null = null;
  for (const stored of runs) {
    const { run } = stored;
    if (run.machine.id !== line.machine.id) continue;
    const variant = run.variants.find((it) => lineKey(run, it) === line.key) ?? null;
    const changes: Change[] = before && variant ? findChanges(before, { run, variant }) : [];
    const point: LinePoint = { stored, run, variant, before, changes, pausedBefore: false };
    points.push(point);
    if (isMeasured(point)) before = point;
  }
  const measured = points.slice(points.findIndex(isMeasured), points.findLastIndex(isMeasured) + 1);
  markPauses(measured);
  return measured;
}

/** Only runs that keep a rhythm can miss a beat: where they come as they please, every wait is as good as another. */
function markPauses(points: readonly LinePoint[]): void {
  const waits = points.slice(1).map((point, index) => startMs(point) - startMs(points[index] ?? point));
  const usual = [...waits].sort((a, b) => a - b)[Math.floor((waits.length - 1) / 2)] ?? 0;
  const onTime = waits.filter((wait) => Math.abs(wait - usual) <= usual * tolerance).length;
  if (waits.length < 3 || onTime < waits.length * 0.7) return;
  for (const [index, wait] of waits.entries()) {
    const point = points[index + 1];
    if (point) point.pausedBefore = wait > usual * (1 + tolerance);
  }
}

function startMs({ run }: LinePoint): number {
  return Date.parse(run.startedAt);
}

function lineKey(run: Run, variant: Variant): string {
  return JSON.stringify([run.machine.id, variant.name, describeOptions(variant), copyNumber(run, variant)]);
}

/** A run may ask for one model twice with the same options: 0 for the first. */
function copyNumber(run: Run, variant: Variant): number {
  const same = run.variants.filter(
    (it) => it.name === variant.name && describeOptions(it) === describeOptions(variant),
  );
  return same.indexOf(variant);
}
