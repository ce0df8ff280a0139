import type { SiteLine, SiteMachine, SiteState, TrendColumns } from '../../site/src/data/contract.ts';
import type {
  Alarm,
  Boundary,
  ChangePoint,
  Changes,
  Night,
  WatchedSeries,
} from '../../src/schema/changes.ts';
import { currentSchemaVersion } from '../../src/schema/documents.ts';
import { metricId } from '../../src/schema/run.ts';

/** Parts of a site's state by hand, for tests of what is made of it. */
export const machineId = 'aaaaaaaaaaaa';

export const idOf = (night: number) =>
  `202611${String(night + 1).padStart(2, '0')}t013000z-${String(night).padStart(6, '0')}`;
export const timeOf = (night: number) => `2026-11-${String(night + 1).padStart(2, '0')}T01:30:00.000Z`;
export const nightOf = (night: number): Night => ({ run: idOf(night), at: timeOf(night) });

export function makeMachine(nights: number, more: Partial<SiteMachine> = {}): SiteMachine {
  return {
    ...{ id: machineId, label: 'NVIDIA L4', latest: [] },
    nights: Array.from({ length: nights }, (_, night) => ({
      ...{ runs: [idOf(night)], at: timeOf(night), status: 'complete' as const },
      ...{ event: 'schedule', sha: null, repository: null, ok: 8, failed: 0, invalid: 0, models: ['m:1'] },
    })),
    ...more,
  };
}

const column = (nights: number, value: number | null): TrendColumns => {
  const all = Array<number | null>(nights).fill(value);
  return {
    n: Array<number>(nights).fill(value === null ? 0 : 24),
    median: all,
    low: all,
    high: all,
    slowest: all,
  };
};

/** A model on every one of so many nights: TTFT 50 ms, 40 tok/s, 23 of 24 answers passed, 5 GiB. */
export function makeLine(nights: number, more: Partial<SiteLine> = {}): SiteLine {
  const trends: SiteLine['trends'] = {
    ...(Object.fromEntries(metricId.options.map((id) => [id, column(nights, 100)])) as SiteLine['trends']),
    ttftMs: column(nights, 50),
    decodeTokensPerSecond: column(nights, 40),
    loadMs: column(nights, 900),
    answersPassed: column(nights, 23 / 24),
    memoryBytes: column(nights, 5 * 1024 ** 3),
  };
  const digest = `sha256:${'a'.repeat(64)}`;
  return {
    ...{
      slug: 'm-1-aaaaaa',
      model: 'm:1',
      modelSlug: 'm-1',
      machine: machineId,
      options: '',
      anchor: 'line-1',
    },
    nights: Array.from({ length: nights }, (_, night) => night),
    trends,
    identities: [{ digest, parameterSize: '8B', quantization: 'Q4_K_M', first: 0, last: nights - 1, nights }],
    ...{ marks: [], prompts: {} },
    ...more,
  };
}

export const watchedLine = { machine: machineId, model: 'm:1', options: '', copy: 0 };

export function makeSeries(more: Partial<WatchedSeries> = {}): WatchedSeries {
  return {
    ...{ id: 'a', machine: machineId, line: watchedLine, metric: 'ttftMs', status: 'stable', nights: 25 },
    ...{ epochFrom: nightOf(0), stretchFrom: nightOf(0), level: 50, noise: { sd: 0.02, autocorrelation: 0 } },
    ...more,
  };
}

/** E2E of m:1 is 5 % slower since the 21st night, told on the 25th. */
export function makeChangePoint(more: Partial<ChangePoint> = {}): ChangePoint {
  return {
    ...{ series: 'a', machine: machineId, line: watchedLine, metric: 'e2eMs', status: 'confirmed' },
    ...{ shape: 'step', tone: 'worse', lastGood: nightOf(19), firstChanged: nightOf(20) },
    ...{ suspectedAt: nightOf(22), decidedAt: nightOf(24), levelledAt: null },
    ...{ before: 100, after: 105, change: 0.05, together: [] },
    ...more,
  };
}

export function makeDigestAlarm(night: number): Alarm {
  return {
    ...{ kind: 'digest-changed', line: watchedLine, before: nightOf(night - 1), after: nightOf(night) },
    ...{ from: `sha256:${'a'.repeat(64)}`, to: `sha256:${'b'.repeat(64)}`, shifts: [] },
  };
}

/** Silent after a night; `next` ended it. */
export function makeGap(last: number, next: number | null): Alarm {
  return {
    ...{ kind: next === null ? 'offline' : 'missing-night', machine: machineId, last: nightOf(last) },
    ...{ expectedAt: timeOf(last + 1), missed: 3, next: next === null ? null : nightOf(next) },
  };
}

export function makeBoundary(night: number): Boundary {
  return {
    ...{ machine: machineId, before: nightOf(night - 1), after: nightOf(night) },
    ...{ changes: ['Ollama 0.33.0 → 0.34.1'], shifts: [] },
  };
}

export function makeChanges(nights: number, more: Partial<Changes> = {}): Changes {
  const last = nightOf(nights - 1);
  return {
    ...{ schemaVersion: currentSchemaVersion, asOf: last.at, series: [makeSeries()] },
    machines: [{ id: machineId, label: 'NVIDIA L4', last, runs: [last.run], everyMs: 86_400_000 }],
    ...{ changePoints: [], alarms: [], boundaries: [] },
    ...more,
  };
}

/** 25 quiet nights of one model. */
export function makeState(more: Partial<SiteState> = {}): SiteState {
  return {
    ...{ machines: [makeMachine(25)], lines: [makeLine(25)], prompts: [], changes: makeChanges(25) },
    ...{ skipped: [], ...more },
  };
}
