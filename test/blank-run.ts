import { countChecks } from '../src/core/checks/count-checks.ts';
import { describeReadings } from '../src/core/distribution.ts';
import { currentSchemaVersion } from '../src/schema/documents.ts';
import type { Diagnostics, Metrics, Run, Variant } from '../src/schema/run.ts';
import type { Sample } from '../src/schema/sample.ts';

const counts = { planned: 10, ok: 10, failed: 0, invalid: 0 };
const unknown = { family: null, format: null, parameterSize: null, quantization: null, sizeBytes: null };

/** A valid run that measured nothing, with what a test wants otherwise. */
export function makeRun(changes: Partial<Run> = {}): Run {
  return {
    schemaVersion: currentSchemaVersion,
    id: '20261124t013000z-4f09ab',
    campaign: null,
    machine: { id: '0123456789ab', label: 'a GPU' },
    shard: null,
    source: { event: null, repository: null, workflowPath: null, ref: null, sha: null, pullRequest: null },
    status: 'complete',
    startedAt: '2026-11-24T01:30:00.000Z',
    finishedAt: '2026-11-24T01:40:00.000Z',
    environment: {
      os: { platform: 'linux', distro: 'Debian', release: '13', arch: 'x64' },
      cpu: { model: 'a CPU', physicalCores: 8, logicalCores: 16 },
      memoryBytes: 2 ** 36,
      virtual: false,
      gpus: null,
      server: { version: '0.14.0', settings: {} },
      runner: null,
      herdmark: { version: '0.1.0', node: '24.0.0' },
    },
    ...{ calibration: null, knownLoads: null, telemetry: null, objectives: {} },
    promptSet: { id: 'core', version: 1, hash: digest('a'), title: 'Core', prompts: [] },
    plan: {
      hash: digest('b'),
      ...{ loads: 1, rounds: 1, warmup: 1, warmupMax: 8, requests: 10 },
      ...{ cache: 'defeat', loadShapes: [{ kind: 'closed', concurrency: 1 }], comparison: null },
    },
    counts,
    flags: [],
    failures: [],
    variants: [],
    series: [],
    ...changes,
  };
}

/** A model with `n` valid samples, of whose `answers` some passed their checks. */
export function makeVariant(name: string, n: number, answers: number, answersPassed: number): Variant {
  const none = describeReadings([], 'lower');
  const distribution = { ...none, n };
  const metrics: Metrics = {
    ttftMs: distribution,
    ttfaMs: distribution,
    tpotMs: distribution,
    e2eMs: distribution,
    prefillTokensPerSecond: distribution,
    decodeTokensPerSecond: distribution,
  };
  const diagnostics: Diagnostics = {
    ...{
      iclMs: distribution,
      longestGapMs: distribution,
      residualMs: distribution,
      transportMs: distribution,
    },
  };
  return {
    ...{ key: `${name}-0123abcd`, name, digest: digest('0123abcd'), ...unknown },
    ...{ trainedContext: null, contextLength: null, templateHash: null, capabilities: [] },
    ...{ options: {}, think: null, memoryBytes: null, vramBytes: null, unsupported: [] },
    ...{ loadMs: distribution, loadFromDiskMs: none, loadFromPageCacheMs: none },
    ...{ counts, flags: [], flagged: [], metrics, cachedMetrics: null, diagnostics, loadShapes: [] },
    energy: { joulesPerOutputToken: null, reason: 'The machine was not sampled.' },
    checks: { ...countChecks([]), answers, answersPassed },
  };
}

/**
 * A valid timed sample of 100 ms, as a closed loop measures it: 30 prompt tokens read in 40 ms, 11 output tokens in
 * 50 ms, and 10 ms that the server does not account for.
 */
export function makeSample(changes: Partial<Sample> = {}): Sample {
  return {
    ...{ id: 'tiny-0123abcd/load0/timed/0/p/0', variant: 'tiny-0123abcd', prompt: 'p', phase: 'timed' },
    ...{ kind: 'generate', block: 0, round: 0, repeat: 0, order: 0, cacheExpected: 'miss' },
    loadShape: { kind: 'closed', concurrency: 1 },
    ...{ scheduledMs: null, sentMs: 0, status: 'ok', flags: [], error: null, loadedFrom: null },
    client: {
      ...{ headersMs: 40, firstByteMs: 41, ttftMs: 45, ttfaMs: 55, tpotMs: 5, e2eMs: 102 },
      chunksMs: [45, 55, 95],
    },
    server: {
      ...{ totalNs: 100_000_000, loadNs: null, promptEvalNs: 40_000_000, evalNs: 50_000_000 },
      ...{ promptEvalCount: 30, promptEvalCachedCount: null, evalCount: 11, doneReason: 'stop' },
    },
    ...{ checks: [], output: null, requestHash: null, checksHash: null },
    ...changes,
  };
}

export function digest(hex: string): string {
  return `sha256:${hex.padEnd(64, '0')}`;
}
