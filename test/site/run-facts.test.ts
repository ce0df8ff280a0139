import { describe, expect, test } from 'vitest';
import { describeTelemetry, explainTelemetry } from '../../site/src/view/machine-rows.ts';
import { linkFlag, listNotes } from '../../site/src/view/notes.ts';
import { describeSource } from '../../site/src/view/run-facts.ts';
import {
  compareVariants,
  describeDistributions,
  describeOutcome,
  describeVariant,
  explainLoads,
} from '../../site/src/view/variant-facts.ts';
import type { Run, Variant } from '../../src/schema/run.ts';
import { detailedMachine, detailedVariant } from './detailed-run.ts';
import { describeValues, makeRun } from './make-run.ts';

function measured(variantMore: Partial<Variant> = {}, runMore: Partial<Run> = {}) {
  const { run } = makeRun({
    startedAt: '2026-11-01T01:30:00Z',
    models: [{ name: 'm:1', weights: 'a', ttftMs: [10, 12, 14], more: variantMore }],
    more: runMore,
  });
  const [variant] = run.variants;
  if (!variant) throw new Error('there is a model');
  return { run, variant };
}
const plain = measured();
const detailed = measured(detailedVariant, detailedMachine);

describe('what is said against a model', () => {
  test('comes by flag: what costs samples first, then the model, then remarks', () => {
    const rows = listNotes([detailed.variant, plain.variant]);
    expect(
      rows.map(({ code, on, effect, isInvalid }) => [
        code,
        on.map((it) => it.what).join(),
        effect,
        isInvalid,
      ]),
    ).toEqual([
      ['queued', '1 sample', 'out of every timing', true],
      ['warmup-unsettled', 'the model, 2 times', 'a remark', false],
      ['from-tomorrow', 'the model', 'a remark', false],
      ['output-too-short', '4 samples', 'out of TPOT and decode', false],
    ]);
  });

  test('for one reason of several models is said once, with how often it is of each', () => {
    const flag = (times: number) => ({
      flags: Array.from({ length: times }, () => ({
        code: 'host-busy',
        reason: 'The processors were busy.',
      })),
      flagged: [],
    });
    const variant = (key: string, times: number) => ({
      ...plain.variant,
      key,
      name: `${key}:1`,
      ...flag(times),
    });
    const other = { flags: [{ code: 'host-busy', reason: 'Another reason.' }], flagged: [] };
    const rows = listNotes([
      ...[variant('a', 1), variant('b', 2), variant('c', 1)],
      { ...plain.variant, key: 'd', name: 'd:1', ...other },
    ]);
    expect(
      rows.map(({ reason, on }) => [
        reason,
        on.map(({ what, of }) => [what, ...of.map(({ model }) => model)]),
      ]),
    ).toEqual([
      [
        'The processors were busy.',
        [
          ['the model', 'a:1', 'c:1'],
          ['the model, 2 times', 'b:1'],
        ],
      ],
      ['Another reason.', [['the model', 'd:1']]],
    ]);
  });

  test('leads to its meaning, where this version knows it', () => {
    expect([linkFlag('queued'), linkFlag('from-tomorrow'), linkFlag('constructor')]).toEqual([
      ...['/methodology/#flag-queued', null, null],
    ]);
  });
});

describe('what was measured of a model', () => {
  test('is grouped, and what has no reading is left out', () => {
    const names = (variant: Variant) =>
      describeDistributions(variant).map(({ title, rows }) => [title, rows.map(({ name }) => name)]);
    const metrics = ['TTFT', 'TPOT', 'E2E', 'Prefill', 'Decode'];
    expect(names(plain.variant)).toEqual([
      ['One request at a time', metrics],
      ['Loads', ['All loads']],
    ]);
    expect(names(detailed.variant)).toEqual([
      ['One request at a time', metrics],
      ['The same prompts again, out of the cache', ['TTFT, cached', 'E2E, cached']],
      ['Loads', ['All loads', 'from disk', 'from the page cache']],
      ['Diagnostics', ['ICL', 'Longest gap', 'Residual', 'Transport']],
    ]);
  });

  test('has its spread, and no percentile that so few readings cannot bound', () => {
    expect(describeDistributions(plain.variant)[0]?.rows[0]).toEqual({
      ...{
        name: 'TTFT',
        n: 3,
        median: '12.0 ms',
        mean: '12.0 ms',
        interval: '–',
        p90: 'n too small (3)',
        p95: 'n too small (3)',
        p99: 'n too small (3)',
      },
      ...{ slowest: '14.0 ms', slowestPrompt: 'capital' },
    });
  });

  test('a model that thinks has its first answer token, too', () => {
    const metrics = { ...plain.variant.metrics, ttfaMs: describeValues([900], 'lower') };
    const [group] = describeDistributions({ ...plain.variant, metrics });
    expect(group?.rows.map(({ name }) => name)).toContain('TTFA');
  });

  test('energy that is unknown says why', () => {
    expect(describeOutcome(plain.variant)[0]).toEqual([
      'Energy per output token',
      'unknown: No tool on this machine tells the power of a GPU.',
    ]);
    expect(describeOutcome(detailed.variant)[0]).toEqual(['Energy per output token', '0.412 J']);
  });

  test.each([
    ['told', detailedVariant, null],
    ['untold', {}, /could not be told/],
    ['none', { loadMs: describeValues([], 'lower') }, 'No load was timed.'],
  ])('where the weights came from: %s', (_, more, text) => {
    const found = explainLoads(measured(more).variant);
    if (text instanceof RegExp) expect(found).toMatch(text);
    else expect(found).toBe(text);
  });

  test('every model of a run has the same rows', () => {
    const names = (variant: Variant) => describeVariant(variant).map(([name]) => name);
    expect(names(detailed.variant)).toEqual(names(plain.variant));
  });

  test('is told of all models at once where it is the same of all', () => {
    const other = { ...plain.variant, name: 'other:1', digest: 'b'.repeat(64) };
    const { rows, same } = compareVariants([plain.variant, other]);
    expect(rows).toEqual([{ name: 'Digest', values: [expect.any(String), 'bbbbbbbb'] }]);
    expect(same).toContainEqual(['Load', '500 ms, slowest 500 ms']);
    const alone = compareVariants([plain.variant]);
    expect(alone.same).toEqual([]);
    expect(alone.rows.map(({ name }) => name)).toContain('Load');
  });

  test.each([
    [
      'one place',
      { loadFromDiskMs: describeValues([400, 600], 'lower') },
      ['500 ms, slowest 600 ms, from disk'],
    ],
    [
      'two places',
      {
        loadFromDiskMs: describeValues([600], 'lower'),
        loadFromPageCacheMs: describeValues([400], 'lower'),
      },
      ['500 ms, slowest 600 ms', '600 ms, slowest 600 ms', '400 ms, slowest 400 ms'],
    ],
  ])('loads from %s', (_, more, told) => {
    const { variant } = measured({ loadMs: describeValues([400, 600], 'lower'), ...more });
    const found = describeVariant(variant).filter(
      ([name, value]) => name.startsWith('Load') && value !== '–',
    );
    expect(found.map(([, value]) => value)).toEqual(told);
  });
});

describe('the machine', () => {
  const { telemetry } = detailed.run;
  if (telemetry === null) throw new Error('it was watched');

  test('what a tool does not tell is unknown, and nothing is 0', () => {
    const [first, second, processors] = describeTelemetry(telemetry);
    expect(first?.rows.map(({ values }) => values.join(' | '))).toEqual([
      '0 % | 97.0 % | 100 %',
      '512 MiB | 5.00 GiB | 6.00 GiB',
      '61.2 W | 312 W | 351 W',
      '350 W',
      '210 MHz | 1,700 MHz | 1,980 MHz',
      '34.0 °C | 71.0 °C | 83.0 °C',
      'sw-power-cap in 12.5 % of the readings',
    ]);
    expect(new Set(second?.rows.flatMap(({ values }) => values))).toEqual(new Set(['unknown']));
    expect(processors?.rows.map(({ values }) => values)).toEqual([['–', '12.5 %', '88.0 %'], ['unknown']]);
  });

  test.each([
    [{}, '1,204 readings, every 500 ms, at most 1.31 s apart. GPUs by nvidia-smi.'],
    [{ gpus: null }, 'GPUs by nvidia-smi, which never answered.'],
    [{ source: null, gpus: [] }, 'The machine has no GPU.'],
    [{ source: null, gpus: null }, 'it takes nvidia-smi, amd-smi or rocm-smi on the path.'],
  ])('how it was watched: %j', (more, text) => {
    expect(explainTelemetry({ ...telemetry, ...more })).toContain(text);
  });
});

test.each([
  [plain.run, 'Warm-up', '1 to 8 requests after each load, until the model gets no faster; not measured'],
  [plain.run, 'Requests', '1 at a time'],
  [plain.run, 'Objectives', undefined],
  [detailed.run, 'Prompt cache', 'measured: each prompt is sent twice, to miss it and to hit it'],
  [detailed.run, 'Requests', '1 at a time; 12.5 a second'],
  [detailed.run, 'Objectives', 'TTFT up to 500 ms, E2E up to 5.00 s'],
])('how it was measured: %#', (run, name, value) => {
  expect(new Map(describeSource(run)).get(name)).toBe(value);
});
