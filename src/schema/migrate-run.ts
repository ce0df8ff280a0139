import type { Migration } from './version.ts';

// Documents are read as JSON, so what is taken out of them here is checked only by the schema that comes after.

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
  variants: asList(variants).map((variant) => ({
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
  variants: asList(variants).map((variant) => ({ ...variant, unsupported: [] })),
  requests: asList(requests).map((request) => ({
    ...request,
    loadShape,
    cacheExpected: request.phase === 'load' ? 'any' : 'miss',
    scheduledMs: null,
  })),
});

/** 1 → 2 of a saved output: models may call tools, and embed. */
export const migrateOutput1: Migration = ({ answers, ...output }) => ({
  ...output,
  schemaVersion: '2.0',
  answers: asList(answers).map((answer) => ({ ...answer, toolCalls: [], embedding: null })),
});

function migratePlanFacts(facts: unknown): unknown {
  const { loadShape, ...rest } = asObject(facts);
  return { ...rest, warmupMax: rest.warmup, cache: 'defeat', loadShapes: [loadShape] };
}

function asList(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.map(asObject) : [];
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
