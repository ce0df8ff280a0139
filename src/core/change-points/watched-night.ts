import type { WatchedLine } from '../../schema/changes.ts';
import {
  type Distribution,
  type Environment,
  type MetricId,
  metricId,
  type Run,
  type Variant,
} from '../../schema/run.ts';
import { epochOf, type Surrounded } from '../epochs.ts';
import { listModelLines } from '../model-lines.ts';

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

/** One model on one night. */
export interface LineReading {
  line: WatchedLine;
  digest: string;
  epoch: string;
  surrounded: Surrounded;
  /** Medians on a log scale, in the order of the metrics; null where there is none that has one. */
  logs: (number | null)[];
  /** Whether the first answer token is another than the first token. */
  thinks: boolean;
}

/** The models of a night, each as what it is a reading of. */
export function listReadings(night: WatchedNight): LineReading[] {
  return listModelLines(night.variants).map(({ variant, options, copy }) => {
    const surrounded = pickSurroundings(night, variant);
    const { ttftMs, ttfaMs } = variant.metrics;
    return {
      line: { machine: night.machine.id, model: variant.name, options, copy },
      digest: variant.digest,
      epoch: epochOf(surrounded.run, surrounded.variant),
      surrounded,
      logs: metricId.options.map((metric) => toLog(variant.metrics[metric].median)),
      thinks: ttfaMs.median !== null && ttftMs.median !== null && ttfaMs.median !== ttftMs.median,
    };
  });
}

/** Nothing else of a night is kept, and years of them are. */
function pickSurroundings(
  { machine, environment: { gpus, server }, plan: { cache }, promptSet: { id, version, hash } }: WatchedNight,
  { options, think, contextLength }: WatchedVariant,
): Surrounded {
  return {
    run: { machine, environment: { gpus, server }, plan: { cache }, promptSet: { id, version, hash } },
    variant: { options, think, contextLength },
  };
}

function toLog(median: number | null): number | null {
  return median === null || median <= 0 ? null : Math.log(median);
}
