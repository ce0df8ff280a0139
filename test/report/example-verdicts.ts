import { countChecks } from '../../src/core/checks/count-checks.ts';
import { joinVerdict } from '../../src/core/compare/joint-line.ts';
import { describeReadings } from '../../src/core/distribution.ts';
import type { AnswerPair } from '../../src/core/render/verdict-answers.ts';
import { currentSchemaVersion } from '../../src/schema/documents.ts';
import type { SavedAnswer } from '../../src/schema/output.ts';
import type { Distribution } from '../../src/schema/run.ts';
import {
  type MetricVerdict,
  type ModelVerdict,
  type PromptVerdict,
  type Tail,
  type TextChange,
  type Verdict,
  verdict as verdictSchema,
} from '../../src/schema/verdict.ts';
import { digest } from '../blank-run.ts';

export const settings: Verdict['settings'] = {
  ...{ alpha: 0.005, floor: 0.02, qualityAlpha: 0.05, falseDiscoveryRate: 0.05, looks: [6, 9, 12] },
};
const baseRun = '20261124t013000z-4f09ab';
const source = {
  ...{ event: 'pull_request', repository: 'acme/support', workflowPath: '.github/workflows/herdmark.yml' },
  ...{ ref: 'refs/pull/41/merge', sha: 'c0ffee1234567890', pullRequest: 41 },
};

export function makeMetric(
  metric: MetricVerdict['metric'],
  word: MetricVerdict['word'],
  change: number | null,
  margin = 0.006,
  more: Partial<MetricVerdict> = {},
): MetricVerdict {
  const known = change !== null;
  return {
    ...{ metric, word, change },
    interval: known ? { level: 0.9, low: change - margin, high: change + margin } : null,
    effect: known ? { logRatio: Math.log1p(change), standardError: 0.0036, degreesOfFreedom: 45 } : null,
    ...{ pValue: known ? 0.0002 : null, adjustedPValue: known ? 0.0016 : null },
    detectableChange: known ? 0.031 : null,
    ...{ loads: 6, rounds: 2, prompts: 24, pairs: known ? 288 : 0, ownVariance: null },
    ...{ pooledDegreesOfFreedom: 40, notes: [] },
    ...more,
  };
}

export function makeDistribution(median: number, n = 288): Distribution {
  const p = (factor: number, least: number) => (n >= least ? median * factor : null);
  return {
    ...describeReadings([], 'lower'),
    ...{ n, mean: median * 1.04, median, medianInterval: [median * 0.99, median * 1.01] },
    ...{ min: median * 0.7, max: median * 2.4, p90: p(1.3, 46), p95: p(1.6, 93), p99: p(2, 473) },
    slowest: { sample: 'a/0/timed/1/summarise-log/0', prompt: 'summarise-log', value: median * 2.4 },
  };
}

const tails: Tail[] = [
  { metric: 'ttftMs', base: makeDistribution(41.3), head: makeDistribution(43.5) },
  { metric: 'tpotMs', base: makeDistribution(9.06), head: makeDistribution(9.09) },
  { metric: 'e2eMs', base: makeDistribution(812), head: makeDistribution(640) },
  { metric: 'prefillTokensPerSecond', base: makeDistribution(2210), head: makeDistribution(2216) },
];

function makePromptDetail(): PromptVerdict[] {
  const prompts = ['extract-contact', 'refund-policy', 'summarise-log', 'translate-notice'];
  return prompts.flatMap((prompt, index) =>
    (['ttftMs', 'tpotMs'] as const).map((metric, column) => {
      const standsOut = prompt === 'summarise-log' && metric === 'ttftMs';
      const change = standsOut ? 1.02 : 0.004 * (index - 1) + 0.002 * column;
      return {
        ...{ prompt, metric, change, logRatio: Math.log1p(change), pairs: 12, standsOut },
        ...{ pValue: standsOut ? 1e-7 : 0.4, adjustedPValue: standsOut ? 8e-7 : 0.8 },
      };
    }),
  );
}

function makeChange(prompt: string, distance: number, changed: boolean): TextChange {
  return {
    ...{ prompt, distance, excess: distance - 0.05, pValue: 0.002, adjustedPValue: 0.01, changed },
    base: { run: baseRun, block: 0, hash: digest('1') },
    head: { run: baseRun, block: 1, hash: digest('2') },
  };
}

export const identity: ModelVerdict['base'] = {
  ...{ key: 'qwen3-8b-500a1f06', name: 'qwen3:8b', digest: digest('500a1f06'), quantization: 'Q4_K_M' },
  ...{ parameterSize: '8.2B', contextLength: 4096, templateHash: digest('77'), think: null },
  options: { temperature: 0, seed: 7 },
};

const checks = {
  ...countChecks([]),
  ...{ total: 96, passed: 80, answers: 48, answersPassed: 36, jsonExpected: 18, jsonParseFailures: 6 },
};

/** Slower to the first token, better at its checks, with answers that changed. */
export function makeModel(more: Partial<ModelVerdict> = {}): ModelVerdict {
  const model: Omit<ModelVerdict, 'joint'> = {
    base: identity,
    head: { ...identity, key: 'qwen3-8b-9abcdef0', digest: digest('9abcdef0'), quantization: 'Q5_K_M' },
    treatment: ['digest 500a1f06 → 9abcdef0', 'quantization Q4_K_M → Q5_K_M'],
    ...{ reasons: [], leftOut: [{ prompt: 'old-ticket', reason: 'It is asked in other words now.' }] },
    metrics: [
      makeMetric('ttftMs', 'regressed', 0.0512),
      makeMetric('tpotMs', 'unchanged', 0.0031),
      makeMetric('matchedE2eMs', 'inconclusive', 0.0144, 0.018),
      makeMetric('prefillTokensPerSecond', 'unchanged', 0.0027, 0.009),
    ],
    ...{ requests: null, promptDetail: makePromptDetail(), tails },
    quality: {
      ...{ word: 'improved', prompts: 24, better: 7, worse: 1, pValue: 0.0312, adjustedPValue: 0.0312 },
      base: checks,
      head: { ...checks, passed: 90, answersPassed: 44, jsonParseFailures: 0, jsonFenced: 3 },
      changes: [
        {
          ...{ prompt: 'extract-contact', label: 'JSON' },
          ...{ base: { passed: 0, answers: 6 }, head: { passed: 6, answers: 6 } },
        },
        {
          ...{ prompt: 'refund-policy', label: 'mentions 30 days' },
          ...{ base: { passed: 6, answers: 6 }, head: { passed: 4, answers: 6 } },
        },
      ],
      neverFailed: [{ prompt: 'translate-notice', label: 'at most 60 words' }],
      neverPassed: [],
      ...{ rejudged: ['refund-policy'], notes: [] },
    },
    text: {
      ...{ word: 'changed', prompts: 24, changed: 2, pValue: 0.0003, notes: [] },
      flipRate: { base: 0.08, head: 0.11, between: 0.35 },
      changes: [
        makeChange('extract-contact', 0.82, true),
        makeChange('refund-policy', 0.41, true),
        makeChange('translate-notice', 0.06, false),
      ],
    },
    memory: {
      memory: { base: 5_583_457_484, head: 6_120_328_396, change: 0.0962 },
      vram: { base: 5_583_457_484, head: 6_120_328_396, change: 0.0962 },
    },
    ...more,
  };
  return { ...model, joint: more.joint ?? joinVerdict(model, settings.floor) };
}

/** Nothing in which anything happened: its context was doubled. */
export function makeQuietModel(name = 'gemma3:4b'): ModelVerdict {
  const key = `${name.replace(':', '-')}-0123abcd`;
  const same = { ...identity, name, key, digest: digest('0123abcd') };
  const example = makeModel();
  return makeModel({
    ...{ base: same, head: { ...same, key: `${name.replace(':', '-')}-0123abce`, contextLength: 8192 } },
    ...{ treatment: ['context 4096 → 8192'], leftOut: [] },
    metrics: example.metrics.map(({ metric }) => makeMetric(metric, 'unchanged', 0.0012)),
    promptDetail: example.promptDetail.filter(({ standsOut }) => !standsOut),
    quality: {
      ...{ ...example.quality, word: 'unchanged', better: 0, worse: 0, pValue: null, adjustedPValue: null },
      ...{ head: example.quality.base, changes: [], neverFailed: [], rejudged: [] },
    },
    text: {
      ...{ word: 'same', prompts: 24, changed: 0, changes: [], pValue: 1, notes: [] },
      flipRate: { base: 0, head: 0, between: 0 },
    },
  });
}

/** A model whose two sides were measured under different drivers. */
export function makeIncomparableModel(): ModelVerdict {
  const example = makeModel();
  const nothing = { base: countChecks([]), head: countChecks([]) };
  return makeModel({
    ...{ base: { ...identity, name: 'phi4:14b' }, head: { ...identity, name: 'phi4:14b' } },
    reasons: [{ code: 'driver', reason: 'The GPU driver is not the same: 570.133 and 575.64.' }],
    ...{ treatment: [], leftOut: [], promptDetail: [], tails: [] },
    metrics: example.metrics.map(({ metric }) => makeMetric(metric, 'not comparable', null)),
    quality: {
      ...{ ...example.quality, word: 'not comparable', prompts: 0, better: 0, worse: 0, pValue: null },
      ...{ adjustedPValue: null, ...nothing, changes: [], neverFailed: [], rejudged: [] },
    },
    text: {
      ...{ word: 'not comparable', prompts: 0, changed: 0, changes: [], pValue: null, notes: [] },
      flipRate: { base: null, head: null, between: null },
    },
  });
}

/** A verdict that the schema takes. */
export function makeVerdict(more: Partial<Verdict> = {}): Verdict {
  return verdictSchema.parse({
    ...{ schemaVersion: currentSchemaVersion, design: 'paired' },
    machine: { id: '0123456789ab', label: 'NVIDIA H200' },
    base: { runs: [baseRun], startedAt: '2026-11-24T01:30:00Z', source },
    head: { runs: [baseRun], startedAt: '2026-11-24T01:30:00Z', source },
    ...{ settings, familySize: 4, models: [makeModel()] },
    ...more,
  });
}

export function makeAnswer(text: string, more: Partial<SavedAnswer> = {}): SavedAnswer {
  return {
    ...{ block: 0, text, thinking: '', toolCalls: [], embedding: null, hash: digest('1') },
    ...{ doneReason: 'stop', outputTokens: 40, checks: [], ...more },
  };
}

/** Of the example model, or of whatever it was changed to. */
export function makePair(prompt: string, base: SavedAnswer, head: SavedAnswer): AnswerPair {
  return {
    ...{ machine: '0123456789ab', variantBase: 'qwen3-8b-500a1f06', variantHead: 'qwen3-8b-9abcdef0' },
    ...{ prompt, base, head },
  };
}

export const pairs: AnswerPair[] = [
  makePair(
    'extract-contact',
    makeAnswer('{"name": "Sam Lee", "email": "sam@example.com", "tags": ["new", "vip"]}', {
      checks: [{ type: 'json', label: 'bare JSON', pass: true, reason: 'The answer is bare JSON.' }],
    }),
    makeAnswer('```json\n{"email": "sam.lee@example.com", "name": "Sam Lee", "tags": ["new"]}\n```', {
      checks: [{ type: 'json', label: 'bare JSON', pass: false, reason: 'It is JSON in a code fence.' }],
    }),
  ),
  makePair(
    'refund-policy',
    makeAnswer(
      'You can send it back within 30 days. We pay for the parcel, and the money is with you in a week.',
    ),
    makeAnswer(
      'You can send it back within a month. We pay for the parcel, and the money is with you in a day.',
    ),
  ),
  makePair('translate-notice', makeAnswer('Die Heizung geht aus.'), makeAnswer('Die Heizung fällt aus.')),
];
