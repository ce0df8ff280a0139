import type { WatchedLine } from '../../schema/changes.ts';
import {
  type Distribution,
  type Environment,
  type MetricId,
  metricId,
  type Run,
  type Variant,
} from '../../schema/run.ts';
import { describeEpochChange, epochOf } from '../epochs.ts';

/** What the watch needs of a variant. */
export interface WatchedVariant
  extends Pick<Variant, 'name' | 'digest' | 'options' | 'think' | 'contextLength'> {
  metrics: Readonly<Record<MetricId, Pick<Distribution, 'median'>>>;
}

/** What the watch needs of a run. A run is one. */
export interface WatchedNight extends Pick<Run, 'id' | 'startedAt' | 'machine' | 'campaign' | 'status'> {
  environment: Pick<Environment, 'gpus' | 'server'>;
  plan: Pick<Run['plan'], 'cache'>;
  promptSet: Pick<Run['promptSet'], 'id' | 'version' | 'hash'>;
  variants: readonly WatchedVariant[];
}

/** That of a night and a model from which its epoch follows. */
export interface Circumstances {
  night: Pick<WatchedNight, 'machine' | 'environment' | 'plan' | 'promptSet'>;
  variant: Pick<WatchedVariant, 'options' | 'think' | 'contextLength'>;
}

/** One model on one night. */
export interface LineReading {
  line: WatchedLine;
  digest: string;
  epoch: string;
  circumstances: Circumstances;
  /** Medians on a log scale, in the order of the metrics; null where there is none that has one. */
  logs: (number | null)[];
  /** Whether the first answer token is another than the first token. */
  thinks: boolean;
}

/**
 * The models of a night, each as what it is a reading of. A night that was stopped early has none: its medians are of
 * other prompts.
 */
export function listReadings(night: WatchedNight): LineReading[] {
  if (night.status === 'cancelled') return [];
  const copies = new Map<string, number>();
  return night.variants.map((variant) => {
    const options = describeOptions(variant);
    const asked = JSON.stringify([variant.name, options]);
    const copy = copies.get(asked) ?? 0;
    copies.set(asked, copy + 1);
    const circumstances = pickCircumstances(night, variant);
    const { ttftMs, ttfaMs } = variant.metrics;
    return {
      line: { machine: night.machine.id, model: variant.name, options, copy },
      digest: variant.digest,
      epoch: nameEpoch(circumstances),
      circumstances,
      logs: metricId.options.map((metric) => toLog(variant.metrics[metric].median)),
      thinks: ttfaMs.median !== null && ttftMs.median !== null && ttfaMs.median !== ttftMs.median,
    };
  });
}

/** What changed from one epoch to the next, in words. */
export function describeBoundaryChanges(before: Circumstances, after: Circumstances): string[] {
  return describeEpochChange(toMeasured(before), toMeasured(after));
}

function nameEpoch(of: Circumstances): string {
  const { run, variant } = toMeasured(of);
  return epochOf(run, variant);
}

/** An epoch is told from these fields of a run and a variant, and from no others. */
function toMeasured({ night, variant }: Circumstances): { run: Run; variant: Variant } {
  return { run: night as Run, variant: variant as Variant };
}

/** Nothing else of a night is kept, and years of them are. */
function pickCircumstances(
  { machine, environment: { gpus, server }, plan: { cache }, promptSet: { id, version, hash } }: WatchedNight,
  { options, think, contextLength }: WatchedVariant,
): Circumstances {
  return {
    night: { machine, environment: { gpus, server }, plan: { cache }, promptSet: { id, version, hash } },
    variant: { options, think, contextLength },
  };
}

function toLog(median: number | null): number | null {
  return median === null || median <= 0 ? null : Math.log(median);
}

/** Options and thinking in one line, sorted by name: `seed 7, temperature 0`. */
export function describeOptions({ options, think }: Pick<WatchedVariant, 'options' | 'think'>): string {
  const entries = Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1));
  const words = entries.map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  return [...words, ...(think === null ? [] : [`think ${think}`])].join(', ');
}
