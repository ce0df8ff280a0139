import type { WatchedLine } from '../../schema/changes.ts';
import { type MetricId, metricId, type Run, type Variant } from '../../schema/run.ts';
import { epochOf, type Measured } from '../epochs.ts';

/** One run of a line. */
export interface LineNight extends Measured {
  epoch: string;
}

/** A line with the nights on which it was measured, oldest first. */
export interface LineNights {
  line: WatchedLine;
  nights: LineNight[];
}

/**
 * Sorts the variants of runs into lines, in the order in which they first appear. A run that was stopped early is left
 * out: its medians are of other prompts.
 * @param runs oldest first.
 */
export function collectLines(runs: readonly Run[]): LineNights[] {
  const found = new Map<string, LineNights>();
  for (const run of runs) {
    if (run.status === 'cancelled') continue;
    const copies = new Map<string, number>();
    for (const variant of run.variants) {
      const options = describeOptions(variant);
      const asked = JSON.stringify([variant.name, options]);
      const copy = copies.get(asked) ?? 0;
      copies.set(asked, copy + 1);
      const line = { machine: run.machine.id, model: variant.name, options, copy };
      const key = JSON.stringify(line);
      const known = found.get(key) ?? { line, nights: [] };
      known.nights.push({ run, variant, epoch: epochOf(run, variant) });
      found.set(key, known);
    }
  }
  return [...found.values()];
}

/** The median of a metric on a log scale; null where there is none that has one. */
export function readLog({ variant }: Measured, metric: MetricId): number | null {
  const { median } = variant.metrics[metric];
  return median === null || median <= 0 ? null : Math.log(median);
}

/** Without thinking, the first answer token is the first token: to watch both is to be alarmed twice. */
export function listMetrics({ nights }: LineNights): MetricId[] {
  const thinks = nights.some(({ variant: { metrics } }) => metrics.ttfaMs.median !== metrics.ttftMs.median);
  return metricId.options.filter((metric) => metric !== 'ttfaMs' || thinks);
}

function describeOptions({ options, think }: Variant): string {
  const entries = Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1));
  const words = entries.map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  return [...words, ...(think === null ? [] : [`think ${think}`])].join(', ');
}
