import { expect, test } from 'vitest';
import { countChecks } from '../../src/core/checks/count-checks.ts';
import { describeReadings } from '../../src/core/distribution.ts';
import { renderRunSummary } from '../../src/core/render/run-summary.ts';
import { type Distribution, type Run, run as runSchema, type Variant } from '../../src/schema/run.ts';
import type { Sample } from '../../src/schema/sample.ts';
import { digest, makeRun as makeBlankRun, makeVariant } from '../blank-run.ts';

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
      loads: 3,
      rounds: 4,
      warmup: 1,
      loadShape: { kind: 'closed', concurrency: 1 },
      requests: 40,
    },
    counts,
    variants: [variant('qwen3:8b')],
    ...more,
  });
}

function sample(more: Partial<Sample>): Sample {
  return {
    id: 'qwen3-8b-500a1f06/0/bare/extract-contact/0',
    variant: 'qwen3-8b-500a1f06',
    prompt: 'extract-contact',
    phase: 'bare',
    kind: 'generate',
    block: 0,
    round: null,
    repeat: 0,
    order: 0,
    loadShape: { kind: 'closed', concurrency: 1 },
    scheduledMs: null,
    sentMs: 0,
    status: 'ok',
    flags: [],
    error: null,
    client: null,
    server: null,
    checks: [],
    output: null,
    requestHash: null,
    checksHash: null,
    ...more,
  };
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

test('failures and invalid samples are grouped by reason, the most frequent first', () => {
  const stalled = { code: 'stalled', message: 'The server sent nothing for 60 s.' };
  const failures = [
    { sample: 'a/0/timed/0/x/0', code: 'server-error', message: 'Ollama answered 500: @team see #1 <b>' },
    { sample: 'a/0/timed/1/x/0', ...stalled },
    { sample: 'a/0/timed/2/x/0', ...stalled },
  ];
  const clocks = { code: 'clocks-disagree', reason: 'Client and server differ by 31 %.' };
  const samples = ['a/0/timed/3/x/0', 'a/0/timed/3/y/0'].map((id) =>
    sample({ id, phase: 'timed', status: 'invalid', flags: [clocks] }),
  );
  const run = makeRun({
    status: 'cancelled',
    counts: { planned: 1200, ok: 30, failed: 3, invalid: 2 },
    flags: [{ code: 'stopped', reason: 'Stopped by SIGINT.' }],
    failures,
  });
  const summary = renderRunSummary(run, undefined, { samples });
  expect(summary.split('\n')[0]).toBe(
    '## Herdmark: cancelled – 1 model, 35 of 1,200 requests, 3 failed, 2 invalid',
  );
  expect(summary.slice(summary.indexOf('###'), summary.indexOf('NVIDIA H200 ('))).toBe(
    '### About this run\n\n' +
      '- `stopped` Stopped by SIGINT.\n\n' +
      '### Failed requests\n\n' +
      '- 2 × `stalled` The server sent nothing for 60 s. First in `a/0/timed/1/x/0`\n' +
      '- `server-error` Ollama answered 500: @\u200bteam see #\u200b1 \\<b> In `a/0/timed/0/x/0`\n\n' +
      '### Invalid samples, left out of the statistics\n\n' +
      '- 2 × `clocks-disagree` Client and server differ by 31 %. First in `a/0/timed/3/x/0`\n\n',
  );
  expect(renderRunSummary(run)).toContain(
    '\n2 samples flagged invalid and left out of the statistics: samples.ndjson says why.\n',
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
  const summary = renderRunSummary(makeRun(), previous);
  expect(summary).not.toContain('(was ');
  expect(summary).toContain(
    '\nNot comparable with the run of 2026-11-24 01:30 UTC (`20261124t013000z-4f09ab`): it ran on another machine (NVIDIA L4); it asked core@\u200b2, other prompts; it had Ollama 0.11.0; its GPU or driver was another.\n',
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
