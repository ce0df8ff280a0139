import { countChecks } from '../src/core/checks/count-checks.ts';
import { describeReadings } from '../src/core/distribution.ts';
import { currentSchemaVersion } from '../src/schema/documents.ts';
import type { Run, Variant } from '../src/schema/run.ts';

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
    calibration: null,
    promptSet: { id: 'core', version: 1, hash: digest('a'), title: 'Core', prompts: [] },
    plan: {
      hash: digest('b'),
      ...{ loads: 1, rounds: 1, warmup: 1, requests: 10 },
      loadShape: { kind: 'closed', concurrency: 1 },
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
  const distribution = { ...describeReadings([], 'lower'), n };
  return {
    ...{ key: `${name}-0123abcd`, name, digest: digest('0123abcd'), ...unknown },
    ...{ trainedContext: null, contextLength: null, templateHash: null, capabilities: [] },
    ...{ options: {}, think: null, memoryBytes: null, vramBytes: null, loadMs: distribution, counts },
    metrics: {
      ttftMs: distribution,
      ttfaMs: distribution,
      tpotMs: distribution,
      e2eMs: distribution,
      prefillTokensPerSecond: distribution,
      decodeTokensPerSecond: distribution,
    },
    checks: { ...countChecks([]), answers, answersPassed },
  };
}

export function digest(hex: string): string {
  return `sha256:${hex.padEnd(64, '0')}`;
}
