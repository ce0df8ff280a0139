import { expect, test } from 'vitest';
import { renderTable } from '../../src/cli/render-table.ts';
import { describeReadings } from '../../src/core/distribution.ts';
import { oneAtATime } from '../../src/core/load-shape.ts';
import type { Metrics, Variant } from '../../src/schema/run.ts';
import { makeRun, makeVariant } from '../blank-run.ts';

const distribution = (value: number) => describeReadings([{ sample: 's', prompt: 'p', value }], 'lower');
const metrics: Metrics = {
  ttftMs: distribution(41.27),
  ttfaMs: distribution(41.27),
  tpotMs: distribution(9.06),
  e2eMs: distribution(812.4),
  prefillTokensPerSecond: distribution(2210),
  decodeTokensPerSecond: distribution(110.4),
};
const model = (more: Partial<Variant> = {}): Variant => ({
  ...makeVariant('tiny', 1, 6, 5),
  ...{ metrics, loadMs: distribution(1830) },
  ...more,
});

test('a model has a line', () => {
  expect(renderTable(makeRun({ variants: [model()] })).split('\n')).toEqual([
    '',
    'model     TTFT     TPOT  E2E mean  median  slowest     decode    load  passed  bad JSON',
    'tiny   41.3 ms  9.06 ms    812 ms  812 ms   812 ms  110 tok/s  1.83 s  5 of 6         –',
    '',
    'complete: 10 of 10 requests ok, 0 failed, 0 invalid',
    '',
  ]);
});

test('cached prompts and energy are columns where they were measured', () => {
  const energy = { joulesPerOutputToken: 0.4123, reason: null };
  const [, head, row] = renderTable(
    makeRun({ variants: [model({ energy, cachedMetrics: { ...metrics, ttftMs: distribution(6.12) } })] }),
  ).split('\n');
  expect(head).toMatch(/^model {5}TTFT {3}cached .* load {2}per token {2}passed/);
  expect(row).toMatch(/^tiny {3}41\.3 ms {2}6\.12 ms .* 1\.83 s {4}0\.412 J {2}5 of 6/);
});

test('several load shapes have a table of their own', () => {
  const open = { kind: 'open', requestsPerSecond: 2 } as const;
  const counts = { planned: 8, ok: 6, failed: 2, invalid: 0 };
  const result = { metrics, counts, wallMs: 2000, requestsPerSecond: 3, outputTokensPerSecond: 55.25 };
  const goodput = { requestsPerSecond: 0.5, met: 1, of: 8 };
  const lines = renderTable(
    makeRun({
      plan: { ...makeRun().plan, loadShapes: [oneAtATime, open] },
      variants: [
        model({
          loadShapes: [
            { ...result, loadShape: oneAtATime, goodput: null },
            { ...result, loadShape: open, goodput },
          ],
        }),
      ],
    }),
  ).split('\n');
  expect(lines.slice(3, 7)).toEqual([
    '',
    'under load       requests  answered  throughput      output     TTFT     E2E  slowest               goodput',
    'tiny          1 at a time    6 of 8  3.00 req/s  55.3 tok/s  41.3 ms  812 ms   812 ms                     –',
    'tiny        2.00 a second    6 of 8  3.00 req/s  55.3 tok/s  41.3 ms  812 ms   812 ms  0.500 req/s (1 of 8)',
  ]);
});

test('what there is to say against the run, its models and its requests follows, as plain lines', () => {
  const failure = (index: number) => ({ sample: `s${index}`, code: 'x', message: 'bad\u001b[31m\nnews' });
  const text = renderTable(
    makeRun({
      flags: [{ code: 'cancelled', reason: 'The run was cancelled.' }],
      failures: Array.from({ length: 7 }, (_, index) => failure(index)),
      variants: [
        model({
          flags: [{ code: 'cpu-spill', reason: '1.20 GiB ran on the CPU.' }],
          flagged: [{ code: 'queued', samples: 3, reason: '816 ms of the server’s time.' }],
          unsupported: [{ prompt: 'cat', reason: 'tiny cannot see images.' }],
        }),
      ],
    }),
  );
  expect(text.split('\n').slice(4)).toEqual([
    'complete: 10 of 10 requests ok, 0 failed, 0 invalid',
    'cancelled: The run was cancelled.',
    'tiny: cpu-spill: 1.20 GiB ran on the CPU.',
    'tiny: 3 × queued, first: 816 ms of the server’s time.',
    '1 prompt not asked: tiny cannot see images.',
    ...[0, 1, 2, 3, 4].map((index) => `failed: s${index}: bad [31m news`),
    '… and 2 more in summary.json',
    '',
  ]);
});
