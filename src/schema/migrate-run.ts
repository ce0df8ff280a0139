import type { Migration } from './version.ts';

// Documents are read as JSON, so what is taken out of them here is checked only by the schema that comes after. What is
// not what it should be is handed on as it is, for the schema to refuse.

const noReadings = {
  ...{ n: 0, mean: null, median: null, medianInterval: null, min: null, max: null },
  ...{ p90: null, p95: null, p99: null, slowest: null },
};
const noDiagnostics = {
  ...{ iclMs: noReadings, longestGapMs: noReadings, residualMs: noReadings, transportMs: noReadings },
};

/** 1 → 2: load shapes, cache modes and validity flags came; warm-up is no longer counted among the requests. */
export const migrateRun1: Migration = ({ plan, variants, ...run }) => ({
  ...run,
  schemaVersion: '2.0',
  calibration: null,
  telemetry: null,
  objectives: {},
  plan: migratePlanFacts(plan),
  variants: mapObjects(variants, (variant) => ({
    ...variant,
    unsupported: [],
    ...{ loadFromDiskMs: noReadings, loadFromPageCacheMs: noReadings },
    ...{ flags: [], flagged: [], cachedMetrics: null, diagnostics: noDiagnostics, loadShapes: [] },
    energy: { joulesPerOutputToken: null, reason: 'This version of Herdmark did not measure it.' },
  })),
});

/** 1 → 2 of plan.json. */
export const migratePlan1: Migration = ({ variants, requests, loadShape, ...plan }) => ({
  ...plan,
  schemaVersion: '2.0',
  warmupMax: plan.warmup,
  cache: 'defeat',
  loadShapes: [loadShape],
  comparison: null,
  variants: mapObjects(variants, (variant) => ({ ...variant, unsupported: [] })),
  requests: mapObjects(requests, (request) => ({
    ...request,
    ...{ loadShape, cacheExpected: expectedOf(request), scheduledMs: null },
  })),
});

/** 1 → 2 of a saved output: models may call tools, and embed. */
export const migrateOutput1: Migration = ({ answers, ...output }) => ({
  ...output,
  schemaVersion: '2.0',
  answers: mapObjects(answers, (answer) => ({ ...answer, toolCalls: [], embedding: null })),
});

/** 1 → 2 of a line of samples.ndjson. */
export const migrateSample1: Migration = (sample) => ({
  ...sample,
  ...{ cacheExpected: expectedOf(sample), loadedFrom: null },
});

function expectedOf({ phase }: Record<string, unknown>): string {
  return phase === 'load' ? 'any' : 'miss';
}

function migratePlanFacts(facts: unknown): unknown {
  return mapObject(facts, ({ loadShape, ...rest }) => ({
    ...rest,
    ...{ warmupMax: rest.warmup, cache: 'defeat', loadShapes: [loadShape], comparison: null },
  }));
}

function mapObjects(value: unknown, map: Migration): unknown {
  return Array.isArray(value) ? value.map((it) => mapObject(it, map)) : value;
}

function mapObject(value: unknown, map: Migration): unknown {
  return typeof value === 'object' && value !== null ? map({ ...value }) : value;
}
