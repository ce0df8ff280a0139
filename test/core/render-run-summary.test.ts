import { expect, test } from 'vitest';
import { countChecks } from '../../src/core/checks/count-checks.ts';
import { describeReadings } from '../../src/core/distribution.ts';
import { oneAtATime } from '../../src/core/load-shape.ts';
import { renderRunSummary } from '../../src/core/render/run-summary.ts';
import {
  type Distribution,
  type Run,
  run as runSchema,
  type ShapeResult,
  type Variant,
} from '../../src/schema/run.ts';
import type { Sample } from '../../src/schema/sample.ts';
import { digest, makeRun as makeBlankRun, makeSample, makeVariant } from '../blank-run.ts';

const counts = { planned: 40, ok: 40, failed: 0, invalid: 0 };
const noChecks = countChecks([]);

function distribution(median: number | null, n = 24, more: Partial<Distribution> = {}): Distribution {
  return { ...describeReadings([], 'lower'), n, mean: median, median, ...more };
}

function variant(name: string, more: Partial<Variant> = {}): Variant {
  return {
    ...makeVariant(name, 24, 6, 6),
    key: `${name.replace(/[^a-z0-9.]+/g, '-')}-500a1f06`,
    digest: digest('500a1f06'),
    contextLength: 4096,
    options: { temperature: 0, seed: 7 },
    memoryBytes: 5_583_457_484,
    vramBytes: 5_583_457_484,
    loadMs: distribution(1830, 3),
    counts,
    metrics: {
      ttftMs: distribution(41.27),
      ttfaMs: distribution(41.27),
      tpotMs: distribution(9.06),
      e2eMs: distribution(812.4, 24, {
        mean: 1043.2,
        slowest: { sample: 'a/0/timed/1/extract-contact/0', prompt: 'extract-contact', value: 2310 },
      }),
      prefillTokensPerSecond: distribution(2210),
      decodeTokensPerSecond: distribution(110.4),
    },
    checks: {
      total: 12,
      passed: 12,
      answers: 6,
      answersPassed: 6,
      jsonExpected: 3,
      jsonParseFailures: 0,
      jsonFenced: 0,
    },
    ...more,
  };
}

function makeRun(more: Partial<Run> = {}): Run {
  return makeBlankRun({
    machine: { id: '0123456789ab', label: 'NVIDIA H200' },
    startedAt: '2026-11-24T01:30:00Z',
    finishedAt: '2026-11-24T01:40:00Z',
    environment: {
      os: { platform: 'linux', distro: 'Debian GNU/Linux', release: '12', arch: 'x64' },
      cpu: { model: 'AMD EPYC 9654', physicalCores: 16, logicalCores: 32 },
      memoryBytes: 128 * 1024 ** 3,
      virtual: false,
      gpus: [{ vendor: 'NVIDIA', model: 'NVIDIA H200', vramBytes: 150_754_820_096, driver: '570.133.20' }],
      server: { version: '0.12.3', settings: {} },
      runner: null,
      herdmark: { version: '0.1.0', node: '24.21.0' },
    },
    promptSet: { id: 'core', version: 1, hash: digest('beef1234'), title: 'Core', prompts: [] },
    plan: {
      hash: digest('cafe'),
      ...{ loads: 3, rounds: 4, warmup: 1, warmupMax: 8, requests: 40 },
      ...{ cache: 'defeat', loadShapes: [oneAtATime], comparison: null },
    },
    counts,
    variants: [variant('qwen3:8b')],
    ...more,
  });
}

function sample(more: Partial<Sample>): Sample {
  return makeSample({ variant: 'qwen3-8b-500a1f06', prompt: 'extract-contact', phase: 'bare', ...more });
}

const head =
  '| Model | TTFT median | Decode median | E2E median | E2E mean | E2E p95 | Slowest | Load median | VRAM | Answers passed | JSON failures |\n' +
  '| :- | -: | -: | -: | -: | -: | -: | -: | -: | -: | -: |\n';
const foot =
  'NVIDIA H200 (140 GiB, driver 570.133.20) · AMD EPYC 9654 (16 cores), 128 GiB · Ollama 0.12.3 · prompt set `core@1` (`beef1234`) · 3 loads × 4 rounds · machine `0123456789ab`\n';

test('the run of these tests is a run by the schema', () => {
  expect(runSchema.parse(makeRun())).toEqual(makeRun());
});

test('a run without a fault is a headline, a table and a line on the machine', () => {
  expect(renderRunSummary(makeRun())).toBe(
    `## Herdmark: complete – 1 model, 40 requests, none failed\n\n${head}` +
      '| `qwen3:8b` `500a1f06` | 41.3 ms | 110 tok/s | 812 ms | 1.04 s | n too small (24) | 2.31 s in `extract-contact` | 1.83 s | 5.20 GiB | 6 of 6 | 0 of 3 |\n' +
      `\n${foot}`,
  );
});

test('what is not known is a dash, and what the server did not time is timed by the client', () => {
  const nothing = distribution(null, 0);
  const { metrics } = variant('x');
  const variants = [
    variant('gone:1b', {
      vramBytes: null,
      memoryBytes: null,
      loadMs: nothing,
      checks: noChecks,
      metrics: {
        ttftMs: nothing,
        ttfaMs: nothing,
        tpotMs: nothing,
        e2eMs: nothing,
        prefillTokensPerSecond: nothing,
        decodeTokensPerSecond: nothing,
      },
    }),
    variant('spilled:70b', {
      vramBytes: 3 * 1024 ** 3,
      memoryBytes: 5 * 1024 ** 3,
      metrics: { ...metrics, decodeTokensPerSecond: nothing, e2eMs: distribution(100, 100, { p95: 190.55 }) },
      checks: { ...variant('x').checks, jsonParseFailures: 1, jsonFenced: 2 },
    }),
    variant('cpu:1b', { vramBytes: 0, memoryBytes: 1024 ** 3 }),
  ];
  const rows = renderRunSummary(makeRun({ variants })).split('\n').slice(4, 7);
  expect(rows).toEqual([
    '| `gone:1b` `500a1f06` | – | – | – | – | – | – | – | – | – | – |',
    '| `spilled:70b` `500a1f06` | 41.3 ms | 9.06 ms per token | 100 ms | 100 ms | 191 ms | – | 1.83 s | 3.00 GiB of 5.00 GiB | 6 of 6 | 1 of 3, 2 fenced |',
    '| `cpu:1b` `500a1f06` | 41.3 ms | 110 tok/s | 812 ms | 1.04 s | n too small (24) | 2.31 s in `extract-contact` | 1.83 s | 0 B of 1.00 GiB | 6 of 6 | 0 of 3 |',
  ]);
});

/** What stands between the tables and the line on the machine. */
function problemsOf(summary: string): string {
  return summary.slice(summary.indexOf('###'), summary.indexOf('NVIDIA H200 ('));
}

test('failures are grouped by reason, the most frequent first; of flagged samples the first speaks', () => {
  const stalled = { code: 'stalled', message: 'The server sent nothing for 60 s.' };
  const failures = [
    { sample: 'a/0/timed/0/x/0', code: 'server-error', message: 'Ollama answered 500: @team see #1 <b>' },
    { sample: 'a/0/timed/1/x/0', ...stalled },
    { sample: 'a/0/timed/2/x/0', ...stalled },
  ];
  const flagged = [
    { code: 'output-too-short', samples: 1200, reason: '2 output tokens are too few to tell a rate of.' },
    { code: 'queued', samples: 1, reason: '816 ms of the server’s time are neither load nor decode.' },
    { code: 'of-tomorrow', samples: 2, reason: 'This Herdmark does not know it.' },
  ];
  const run = makeRun({
    status: 'cancelled',
    counts: { planned: 1200, ok: 30, failed: 3, invalid: 3 },
    flags: [{ code: 'stopped', reason: 'Stopped by SIGINT.' }],
    failures,
    variants: [variant('qwen3:8b', { flagged })],
  });
  const summary = renderRunSummary(run);
  expect(summary.split('\n')[0]).toBe(
    '## Herdmark: cancelled – 1 model, 36 of 1,200 requests, 3 failed, 3 invalid',
  );
  expect(problemsOf(summary)).toBe(
    '### About this run\n\n' +
      '- `stopped` Stopped by SIGINT.\n\n' +
      '### Failed requests\n\n' +
      '- 2 × `stalled` The server sent nothing for 60 s. First in `a/0/timed/1/x/0`\n' +
      '- `server-error` Ollama answered 500: @\u200bteam see #\u200b1 \\<b> In `a/0/timed/0/x/0`\n\n' +
      '### Left out of the statistics\n\n' +
      '- 2 × `of-tomorrow` `qwen3:8b` First: This Herdmark does not know it.\n' +
      '- `queued` `qwen3:8b` 816 ms of the server’s time are neither load nor decode.\n\n' +
      '### Samples with a remark\n\n' +
      '- 1,200 × `output-too-short` `qwen3:8b` First: 2 output tokens are too few to tell a rate of.\n\n',
  );
});

test('a report of before schema 2.0 says how many samples are invalid, and where the reasons are', () => {
  expect(renderRunSummary(makeRun({ counts: { planned: 40, ok: 38, failed: 0, invalid: 2 } }))).toContain(
    '\n2 samples flagged invalid and left out of the statistics: samples.ndjson says why.\n',
  );
});

test('flags of a model are told once each, and with them the prompts that it was not asked', () => {
  const unsettled = (load: number) => ({
    code: 'warmup-unsettled',
    reason: `After 8 requests in load ${load} …`,
  });
  const reason = 'qwen3:8b cannot see images (the server lists: completion).';
  const variants = [
    variant('qwen3:8b', {
      flags: [unsettled(1), unsettled(2), { code: 'cpu-spill', reason: '1.20 GiB ran on the CPU.' }],
      unsupported: ['cat', 'dog'].map((prompt) => ({ prompt, reason })),
    }),
  ];
  expect(problemsOf(renderRunSummary(makeRun({ variants })))).toBe(
    '### About the models\n\n' +
      '- 2 × `warmup-unsettled` `qwen3:8b` First: After 8 requests in load 1 …\n' +
      '- 2 × `not-asked` `qwen3:8b` qwen3:8b cannot see images (the server lists: completion). Left out: cat, dog.\n' +
      '- `cpu-spill` `qwen3:8b` 1.20 GiB ran on the CPU.\n\n',
  );
});

function shape(more: Partial<ShapeResult>): ShapeResult {
  const { metrics } = variant('x');
  return {
    ...{ loadShape: oneAtATime, metrics, counts, wallMs: 80_000, goodput: null },
    ...{ requestsPerSecond: 0.5, outputTokensPerSecond: 55.25, ...more },
  };
}

test('several load shapes have a table, with goodput where objectives are stated', () => {
  const open = { kind: 'open', requestsPerSecond: 2 } as const;
  const slow = { ...variant('x').metrics, ttftMs: distribution(2400), e2eMs: distribution(9000) };
  const run = (goodput: ShapeResult['goodput']) =>
    makeRun({
      plan: { ...makeRun().plan, loadShapes: [oneAtATime, open] },
      variants: [
        variant('qwen3:8b', {
          loadShapes: [
            shape({}),
            shape({
              ...{ loadShape: open, metrics: slow, counts: { ...counts, ok: 36, failed: 4 }, goodput },
              ...{ requestsPerSecond: 1.8, outputTokensPerSecond: null },
            }),
          ],
        }),
      ],
    });
  expect(problemsOf(renderRunSummary(run(null)))).toBe(
    '### Under load\n\n' +
      '| Model | Requests | Answered | Throughput | Output | TTFT median | E2E median | Slowest |\n' +
      '| :- | -: | -: | -: | -: | -: | -: | -: |\n' +
      '| `qwen3:8b` | 1 at a time | 40 of 40 | 0.500 req/s | 55.3 tok/s | 41.3 ms | 812 ms | – |\n' +
      '| `qwen3:8b` | 2.00 a second | 36 of 40 | 1.80 req/s | – | 2.40 s | 9.00 s | – |\n\n',
  );
  const summary = renderRunSummary(run({ requestsPerSecond: 0.25, met: 5, of: 40 }));
  expect(summary).toContain('| Slowest | Goodput |\n');
  expect(summary).toContain('| 812 ms | – | – |\n');
  expect(summary).toContain('| 9.00 s | – | 0.250 req/s (5 of 40) |\n');
});

test('a cache that was measured has a table: the prompt as it is, and out of the cache', () => {
  const cachedMetrics = {
    ...variant('x').metrics,
    ttftMs: distribution(6.12, 12),
    e2eMs: distribution(770, 12),
  };
  const plan = { ...makeRun().plan, cache: 'measure' } as const;
  const run = makeRun({ plan, variants: [variant('qwen3:8b', { cachedMetrics })] });
  expect(problemsOf(renderRunSummary(run))).toBe(
    '### Out of the prompt cache\n\n' +
      '| Model | TTFT median | the same cached | E2E median | the same cached | n cached |\n' +
      '| :- | -: | -: | -: | -: | -: |\n' +
      '| `qwen3:8b` | 41.3 ms | 6.12 ms | 812 ms | 770 ms | 12 |\n\n',
  );
});

test('energy, where a GPU tells its power, is a column; calibration and an open cache stand in the last line', () => {
  const energy = { joulesPerOutputToken: 0.4123, reason: null };
  const error = (p50: number, p99: number) => ({ p50, p99 });
  const both = { herdmark: error(0.61, 2.1), raw: error(0.4, 1.9) };
  const run = makeRun({
    variants: [variant('qwen3:8b', { energy }), variant('cpu:1b')],
    plan: { ...makeRun().plan, cache: 'allow' },
    calibration: {
      ...{ measuredAt: '2026-11-24T01:00:00Z', requests: 40, herdmarkVersion: '0.1.0', nodeVersion: '24' },
      ...{ ttftErrorMs: both, gapErrorMs: both, e2eErrorMs: both, eventLoopDelayMsP99: 3 },
      chunksPerSecond: { herdmark: { one: 1, thirtyTwo: 1 }, raw: { one: 1, thirtyTwo: 1 } },
    },
  });
  const lines = renderRunSummary(run).split('\n');
  expect(lines.slice(2, 6).map((line) => line.split(' | ').at(-1))).toEqual([
    ...['Energy per token |', '-: |', '0.412 J |', '– |'],
  ]);
  expect(lines.at(-2)).toContain(
    '3 loads × 4 rounds · prompt cache allowed · client error of TTFT 0.610 ms median, 2.10 ms p99 (a bare socket: 0.400 ms, 1.90 ms) · machine',
  );
});

test('failed checks are folded by model, with the reason and how many answers had it', () => {
  const failed = (reason: string) =>
    ({ type: 'length', label: 'exactly 3 bullets', pass: false, reason }) as const;
  const passed = { type: 'json', label: 'JSON', pass: true, reason: 'The answer is bare JSON: 42.' } as const;
  const samples = [
    sample({ prompt: 'bullets-caching', block: 0, checks: [failed('The answer has 5 bullets.'), passed] }),
    sample({ prompt: 'bullets-caching', block: 1, checks: [failed('The answer has 5 bullets.'), passed] }),
    sample({ prompt: 'bullets-caching', block: 2, checks: [failed('The answer has 2 bullets.'), passed] }),
    sample({
      prompt: 'extract-contact',
      checks: [
        { ...passed, pass: false, reason: 'The answer is not JSON: </details>![x](http://a.example).' },
      ],
    }),
    sample({ prompt: 'refusal', checks: [passed] }),
    sample({ variant: 'other-500a1f06', prompt: 'refusal', checks: [failed('Not of this model.')] }),
  ];
  const checks = { ...variant('x').checks, answers: 5, answersPassed: 1 };
  const summary = renderRunSummary(makeRun({ variants: [variant('qwen3:8b', { checks })] }), undefined, {
    samples,
  });
  expect(summary.slice(summary.indexOf('<details>'), summary.indexOf('NVIDIA H200 ('))).toBe(
    '<details>\n<summary>qwen3:8b: 4 of 5 answers failed a check</summary>\n\n' +
      '- `bullets-caching` exactly 3 bullets: The answer has 5 bullets. (2 of 3 answers)\n' +
      '- `bullets-caching` exactly 3 bullets: The answer has 2 bullets. (1 of 3 answers)\n' +
      '- `extract-contact` JSON: The answer is not JSON: \\</details>!\\[x]\\(http:\u200b//a.example).\n\n' +
      '</details>\n\n',
  );
});

test('without samples it says how many answers of each prompt failed', () => {
  const checks = { ...variant('x').checks, answersPassed: 5 };
  const series = {
    variant: 'qwen3-8b-500a1f06',
    requestHash: digest('1'),
    checksHash: digest('2'),
    counts,
    metrics: variant('x').metrics,
    distinctAnswers: 1,
  };
  const run = makeRun({
    variants: [variant('qwen3:8b', { checks })],
    series: [
      { ...series, prompt: 'bullets-caching', checks: { ...noChecks, answers: 3, answersPassed: 2 } },
      { ...series, prompt: 'refusal', checks: { ...noChecks, answers: 3, answersPassed: 3 } },
    ],
  });
  expect(renderRunSummary(run)).toContain(
    '<summary>qwen3:8b: 1 of 6 answers failed a check</summary>\n\n- `bullets-caching` 1 of 3 answers failed\n\n</details>',
  );
});

test('beside a comparable run before stand its values, and a tag that moved is named', () => {
  const before = variant('qwen3:8b', {
    digest: digest('9abcdef0'),
    checks: { ...noChecks, answers: 6, answersPassed: 5 },
  });
  const previous = makeRun({
    id: '20261123t013000z-000001',
    startedAt: '2026-11-23T01:30:00Z',
    variants: [before],
  });
  const summary = renderRunSummary(makeRun({ variants: [variant('qwen3:8b'), variant('new:1b')] }), previous);
  expect(summary).toContain(
    '| `qwen3:8b` `500a1f06` | 41.3 ms (was 41.3 ms) | 110 tok/s (was 110 tok/s) | 812 ms (was 812 ms) | 1.04 s | n too small (24) | 2.31 s in `extract-contact` | 1.83 s | 5.20 GiB | 6 of 6 (was 5 of 6) | 0 of 3 |\n' +
      '| `new:1b` `500a1f06` | 41.3 ms | 110 tok/s | 812 ms |',
  );
  expect(summary).toContain(
    '\nIn brackets: the run of 2026-11-23 01:30 UTC (`20261123t013000z-000001`). Whether a difference is more than noise is for a comparison to say. `qwen3:8b` was another model then: `9abcdef0`.\n',
  );
});

test('a run that differs is not set beside, and the reasons are given', () => {
  const { environment } = makeRun();
  const previous = makeRun({
    machine: { id: 'ffffffffffff', label: 'NVIDIA L4' },
    promptSet: { ...makeRun().promptSet, version: 2, hash: digest('2') },
    environment: { ...environment, gpus: null, server: { ...environment.server, version: '0.11.0' } },
  });
  const summary = renderRunSummary(makeRun(), { ...previous, plan: { ...previous.plan, cache: 'allow' } });
  expect(summary).not.toContain('(was ');
  expect(summary).toContain(
    '\nNot comparable with the run of 2026-11-24 01:30 UTC (`20261124t013000z-4f09ab`): it ran on another machine (NVIDIA L4); it asked core@\u200b2, other prompts; it treated the prompt cache otherwise (cache: allow); it had Ollama 0.11.0; its GPU or driver was another.\n',
  );
});

test('a model that was asked with other options is not set beside itself', () => {
  const previous = makeRun({ variants: [variant('qwen3:8b', { options: { temperature: 1, seed: 7 } })] });
  expect(renderRunSummary(makeRun(), previous)).not.toContain('(was ');
});

test.each([
  [null, 'GPU unknown · AMD EPYC 9654'],
  [[], 'no GPU · AMD EPYC 9654'],
  [[{ vendor: 'Apple', model: 'Apple M4', vramBytes: null, driver: null }], 'Apple M4 · AMD EPYC 9654'],
])('GPUs %j are told as %j', (gpus, text) => {
  expect(renderRunSummary(makeRun({ environment: { ...makeRun().environment, gpus } }))).toContain(
    `\n${text} (16 cores)`,
  );
});

test('over the limit, folded blocks go first, from the last on', () => {
  const checks = { ...variant('x').checks, answers: 1, answersPassed: 0 };
  const variants = ['a', 'b', 'c'].map((name) => variant(name, { checks }));
  const samples = variants.map(({ key }) =>
    sample({
      variant: key,
      checks: [{ type: 'json', label: 'JSON', pass: false, reason: `${'ä'.repeat(199)}.` }],
    }),
  );
  const run = makeRun({ variants });
  const whole = renderRunSummary(run, undefined, { samples });
  const bytes = new TextEncoder().encode(whole).length;
  expect(renderRunSummary(run, undefined, { samples, maxBytes: bytes + 1 })).toBe(whole);

  const cut = renderRunSummary(run, undefined, { samples, maxBytes: bytes - 1 });
  expect(new TextEncoder().encode(cut).length).toBeLessThan(bytes);
  expect(cut.match(/<summary>\w/g)).toEqual(['<summary>a', '<summary>b']);
  expect(cut).toContain('\nLeft out as too long: failed checks of 1 model.\n');
  expect(cut.endsWith(foot)).toBe(true);
  expect(renderRunSummary(run, undefined, { samples, maxBytes: 0 })).toContain('failed checks of 3 models.');
});

test('a hostile run of any size stays below the limit of a job summary', () => {
  const evil = '🙂@#1<|`'.repeat(200);
  const names = Array.from({ length: 500 }, (_, index) => `${evil}${index}`);
  const checks = { ...variant('x').checks, answers: 1, answersPassed: 0 };
  const variants = names.map((name, index) => variant(name, { key: `m${index}-500a1f06`, checks }));
  const samples = variants.flatMap(({ key }) =>
    Array.from({ length: 10 }, (_, index) =>
      sample({
        variant: key,
        checks: [{ type: 'json', label: evil, pass: false, reason: `${index}${evil}` }],
      }),
    ),
  );
  const failures = names.map((name) => ({ sample: name.slice(0, 300), code: 'x', message: name }));
  const summary = renderRunSummary(makeRun({ variants, failures }), undefined, { samples });
  expect(new TextEncoder().encode(summary).length).toBeLessThanOrEqual(1024 * 1024);
  expect(summary).toContain('\n400 more models: see summary.json.\n');
});
