import { describe, expect, test } from 'vitest';
import { viewMachine } from '../../site/src/view/overview.ts';
import { arrangeSite } from '../../site/src/view/site-model.ts';
import { buildTrends } from '../../site/src/view/trends.ts';
import { facts, type ModelSpec, makeRun, type RunSpec } from './make-run.ts';

const six = (value: number) => Array<number>(6).fill(value);
const good = { capital: ['Paris'], contact: ['{}'] };
const base: ModelSpec = { name: 'm:1', weights: 'a', ttftMs: six(10), decode: six(100), answers: good };
const run = (day: number, models: ModelSpec[], rest: Partial<RunSpec> = {}) =>
  makeRun({ startedAt: `2026-11-0${day}T01:30:00Z`, models, ...rest });

function view(...runs: ReturnType<typeof run>[]) {
  const { machines, modelSlugs } = arrangeSite({ runs, skipped: [], base: '/' });
  const [machine] = machines;
  if (!machine) throw new Error('a run is of a machine');
  return viewMachine(machine, modelSlugs);
}

describe('the headline', () => {
  const failing = { ...good, capital: ['Rome'] };
  const cases: [string, ModelSpec, ModelSpec, string, string][] = [
    ['nothing', base, base, 'Nothing is slower; no answer got worse.', 'level'],
    ['faster', base, { ...base, decode: six(120) }, 'Nothing is slower; no answer got worse.', 'better'],
    ['slower', base, { ...base, decode: six(80) }, 'm:1 is slower; no answer got worse.', 'worse'],
    [
      'an answer worse',
      base,
      { ...base, answers: failing },
      'Nothing is slower; 1 answer got worse.',
      'worse',
    ],
    [
      'an answer better',
      { ...base, answers: failing },
      base,
      'Nothing is slower; 1 answer got better.',
      'better',
    ],
    [
      'one worse, one better',
      { ...base, answers: { ...good, contact: ['no'] } },
      { ...base, answers: failing },
      'Nothing is slower; 1 answer got worse, 1 better.',
      'worse',
    ],
  ];
  test.each(cases)('of %s', (_, before, now, headline, tone) => {
    expect(view(run(1, [before]), run(2, [now]))).toMatchObject({ headline, tone });
  });

  test.each([
    ['a first run', [run(1, [base])], 'A first run: there is nothing to compare it with yet.'],
    [
      'other prompts',
      [run(1, [base]), run(2, [base], { prompts: { ...facts, version: 2 } })],
      'Not comparable with the run before: other prompts were asked.',
    ],
    [
      'two models',
      [
        run(1, [base, { ...base, name: 'n' }]),
        run(
          2,
          [base, { ...base, name: 'n' }].map((it) => ({ ...it, ttftMs: six(20) })),
        ),
      ],
      '2 models are slower; no answer got worse.',
    ],
    ['no model', [run(1, [base]), run(2, [])], 'The latest run measured no model.'],
  ])('of %s', (_, runs, headline) => {
    expect(view(...runs).headline).toBe(headline);
  });

  test('names what moved, worst first, and links to where it is shown', () => {
    const now = { ...base, weights: 'b', decode: six(125), answers: { ...good, capital: ['Rome'] } };
    const { findings } = view(run(1, [base]), run(2, [now]));
    expect(findings.map(({ tone, text }) => [tone, text.replace(/[0-9a-f]{8}/g, '#')])).toEqual([
      ['worse', 'capital passed → failed'],
      ['level', 'digest # → #'],
      ['better', 'Decode +25.0 %, faster: 100 tok/s → 125 tok/s'],
    ]);
    expect(findings.map(({ href }) => href)).toEqual([
      '/prompts/facts/capital/',
      '/models/m-1/',
      '/models/m-1/#line-1-decodeTokensPerSecond',
    ]);
  });
});

describe('a trend', () => {
  test('has the median, the slowest case and its prompt, the change and the mark of every run', () => {
    const runs = [
      run(1, [{ ...base, ttftMs: [10, 10, 10, 10, 10, 30] }]),
      run(2, [{ ...base, name: 'other' }]),
      run(3, [{ ...base, weights: 'b', ttftMs: six(40) }], { server: '0.12.0' }),
    ];
    const [line] = arrangeSite({ runs, skipped: [], base: '/' }).lines;
    if (!line) throw new Error('there are two lines');
    const [ttft, , , passed] = buildTrends(line).headline;
    expect(ttft?.rows.map(({ median, slowest, n }) => [median, slowest?.value, slowest?.prompt, n])).toEqual([
      [10, 30, 'capital', 6],
      [null, undefined, undefined, 0],
      [40, 40, 'capital', 6],
    ]);
    expect(ttft?.rows[2]).toMatchObject({
      change: { before: 10, now: 40, relative: 3, tone: 'worse' },
      mark: expect.stringMatching(/^digest [0-9a-f]{8} → [0-9a-f]{8}$/),
      notes: ['Ollama 0.11.0 → 0.12.0'],
    });
    expect(passed?.rows.map(({ median }) => median)).toEqual([1, null, 1]);
  });

  test('of the first answer token is shown only where it is not that of the first token', () => {
    const [line] = arrangeSite({ runs: [run(1, [base])], skipped: [], base: '/' }).lines;
    if (!line) throw new Error('there is a line');
    expect(buildTrends(line).further.map(({ id }) => id)).toEqual([
      'tpotMs',
      'prefillTokensPerSecond',
      'loadMs',
    ]);
    const [point] = line.points;
    if (point?.variant) point.variant.metrics.ttfaMs.median = 99;
    expect(buildTrends(line).further.at(-1)?.id).toBe('ttfaMs');
  });
});
