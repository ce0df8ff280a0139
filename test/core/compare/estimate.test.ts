import { describe, expect, test } from 'vitest';
import { type EffectEstimate, estimateEffect } from '../../../src/core/compare/estimate-effect.ts';
import { measureHeadline, toChange, toLogRatio } from '../../../src/core/compare/headline-metrics.ts';
import { estimateAgainstRuns, pairWithRuns } from '../../../src/core/compare/history-effect.ts';
import { pairSamples, readPairs } from '../../../src/core/compare/pair-samples.ts';
import { detailPrompts } from '../../../src/core/compare/prompt-detail.ts';
import type { Sample } from '../../../src/schema/sample.ts';
import { makeSample } from '../../blank-run.ts';

const sample = (
  changes: Partial<Sample> = {},
  ttftMs = 45,
  tpotMs: number | null = 5,
  tokens = 11,
): Sample => {
  const made = makeSample(changes);
  return {
    ...made,
    client: made.client && { ...made.client, ttftMs, tpotMs },
    server: made.server && { ...made.server, evalCount: tokens },
  };
};

describe('E2E at matched length', () => {
  test.each<[string, Sample, number | null, number | null]>([
    ['is the time to the last token of an answer as long as base’s', sample(), 21, 45 + 20 * 5],
    ['of one token is TTFT', sample(), 1, 45],
    ['is unknown where base’s length is', sample(), null, null],
    ['is unknown without TPOT', sample({}, 45, null), 21, null],
    ['of vectors is E2E', sample({ kind: 'embed' }), null, 102],
    ['of a failed request is none', sample({ status: 'failed' }), 21, null],
  ])('%s', (_, of, tokens, expected) => {
    expect(measureHeadline('matchedE2eMs', of, tokens)).toBe(expected);
  });
});

test('above 0 is worse, whichever way the metric goes', () => {
  expect(toLogRatio('ttftMs', 100, 105)).toBeCloseTo(Math.log(1.05), 12);
  expect(toLogRatio('prefillTokensPerSecond', 105, 100)).toBeCloseTo(Math.log(1.05), 12);
  expect(toChange('ttftMs', Math.log(1.05))).toBeCloseTo(0.05, 12);
  expect(toChange('prefillTokensPerSecond', Math.log(1.05))).toBeCloseTo(-0.05 / 1.05, 12);
});

describe('pairs', () => {
  const at = (prompt: string, block: number, round: number, changes: Partial<Sample> = {}) =>
    sample({ prompt, block, round, ...changes });
  const head = [at('p', 0, 0), at('p', 0, 1), at('p', 1, 0), at('q', 0, 0)];
  const base = [
    at('p', 0, 0, { id: 'b' }),
    at('p', 0, 1, { status: 'failed' }),
    at('p', 2, 0),
    at('q', 0, 0),
  ];

  test('are of the same prompt, load and round; failed ones and those without a partner are left out', () => {
    const pairs = pairSamples(base, head, new Set(['p']));
    expect(pairs).toMatchObject([{ prompt: 'p', load: 0, round: 0, base: { id: 'b' } }]);
  });

  test.each<[string, Partial<Sample>]>([
    ['bare', { phase: 'bare' }],
    ['warm-up', { phase: 'warmup' }],
    ['under load', { loadShape: { kind: 'closed', concurrency: 4 } }],
    ['meant to come out of the cache', { cacheExpected: 'hit' }],
    ['invalid', { status: 'invalid' }],
  ])('what was %s is not compared', (_, changes) => {
    expect(pairSamples([at('p', 0, 0, changes)], [at('p', 0, 0, changes)], new Set(['p']))).toEqual([]);
  });

  test('give log ratios by prompt; one that a side has no reading of is left out', () => {
    const pairs = [
      { prompt: 'p', load: 3, round: 0, base: sample({}, 100), head: sample({}, 110) },
      { prompt: 'p', load: 4, round: 0, base: sample({}, 100, 4), head: sample({}, 110, null) },
    ];
    expect(readPairs('ttftMs', pairs)).toEqual([
      { prompt: 'p', pairs: [3, 4].map((load) => ({ load, logRatio: expect.closeTo(Math.log(1.1), 12) })) },
    ]);
    expect(readPairs('tpotMs', pairs)[0]?.pairs).toHaveLength(1);
    // 100 + 10 · 5 against 110 + 10 · 5, although head's answer was longer.
    const [first] = pairs;
    const longer = first && { ...first, head: sample({}, 110, 5, 40) };
    expect(readPairs('matchedE2eMs', longer ? [longer] : [])).toEqual([
      { prompt: 'p', pairs: [{ load: 3, logRatio: expect.closeTo(Math.log(160 / 150), 12) }] },
    ]);
  });
});

/** Six loads of one reading each, with this effect and these offsets. */
const loads = (effect: number, offsets = [1, -1, 2, -2, 0.5, -0.5]) =>
  offsets.map((offset, load) => ({ load, logRatio: effect + offset / 100 }));
const stored = (variance: number, pairs = 1) => ({
  ...{ metric: 'ttftMs' as const, variance, degreesOfFreedom: 20, pairs },
});

describe('an estimate', () => {
  const prompts = [{ prompt: 'p', pairs: loads(0.05, [1, -1, 0, 0, 1]) }];
  // Deviations 0.8, −1.2, −0.2, −0.2, 0.8 %: variance 0.7e-4.
  const own = { variance: expect.closeTo(0.7e-4, 12), degreesOfFreedom: 4 };

  test('without stored loads goes by its own, and says so', () => {
    const found = estimateEffect('ttftMs', prompts, []);
    expect(found).toMatchObject({
      ...{ metric: 'ttftMs', loads: 5, prompts: 1, pairs: 5, pooledDegreesOfFreedom: 0 },
      effect: { logRatio: expect.closeTo(0.052, 12), degreesOfFreedom: 4 },
      ownVariance: { metric: 'ttftMs', ...own, pairs: 1 },
      notes: ['No stored loads of this machine: the noise is that of these 5 loads alone.'],
    });
    expect(found.effect?.standardError).toBeCloseTo(Math.sqrt(0.7e-4 / 5), 12);
  });

  test('pools with stored loads of the same metric', () => {
    const found = estimateEffect('ttftMs', prompts, [stored(1e-4), { ...stored(1), metric: 'tpotMs' }]);
    expect(found).toMatchObject({ effect: { degreesOfFreedom: 24 }, pooledDegreesOfFreedom: 20, notes: [] });
    expect(found.effect?.standardError).toBeCloseTo(Math.sqrt((4 * 0.7e-4 + 20 * 1e-4) / 24 / 5), 12);
  });

  test.each([
    ['calmer than the machine is today', stored(1e-6), 'Noisier than stored loads can explain: the noise'],
    ['of more readings each', stored(1e-4, 2), 'Stored loads had more readings each: the noise'],
  ])('leaves stored loads alone that were %s', (_, before, note) => {
    const found = estimateEffect('ttftMs', prompts, [before]);
    expect(found).toMatchObject({ effect: { degreesOfFreedom: 4 }, pooledDegreesOfFreedom: 0 });
    expect(found.notes.join()).toContain(note);
  });

  describe('with nights alone', () => {
    const night = (variance: number, pairs = 1) => ({ ...stored(variance, pairs), nightly: true });

    test('lets them have no more of a say than itself, and says so', () => {
      const found = estimateEffect('ttftMs', prompts, [night(1e-4)]);
      expect(found).toMatchObject({
        ...{ effect: { degreesOfFreedom: 8 }, pooledDegreesOfFreedom: 4 },
        notes: ['No comparison on this machine is stored: the noise is pooled with that of its nights.'],
      });
      expect(found.effect?.standardError).toBeCloseTo(Math.sqrt((0.7e-4 + 1e-4) / 2 / 5), 12);
    });

    test('leaves them out where a comparison speaks', () => {
      const both = [night(3e-4), stored(1e-4)];
      expect(estimateEffect('ttftMs', prompts, both)).toEqual(
        estimateEffect('ttftMs', prompts, [stored(1e-4)]),
      );
      const unfit = [night(1e-4), stored(1e-4, 2)];
      expect(estimateEffect('ttftMs', prompts, unfit).pooledDegreesOfFreedom).toBe(4);
    });

    // F(4, 20) is above 3.73 by chance in 2 %, F(20, 4) above 3.84 in 10 %.
    test.each([
      ['calmer than the machine is today', night(0.7e-4 / 3.8), 'Noisier than stored loads can explain: the'],
      ['just as calm as it may be', night(0.7e-4 / 3.7), null],
      ['just as noisy as they may be', night(0.7e-4 * 3.8), null],
      ['noisier than it can be', night(0.7e-4 * 3.9), 'Calmer than loads of nights, which are all that is'],
      ['of more readings each', night(1e-4, 2), 'Stored loads had more readings each: the noise'],
    ])('that were %s', (_, before, note) => {
      const found = estimateEffect('ttftMs', prompts, [before]);
      expect(found.pooledDegreesOfFreedom).toBe(note === null ? 4 : 0);
      expect(found.notes.join()).toContain(note ?? 'pooled with that of its nights');
    });

    test('one load says nothing, as nothing holds nights against it', () => {
      expect(
        estimateEffect('ttftMs', [{ prompt: 'p', pairs: loads(0.05, [0]) }], [night(1e-4)]),
      ).toMatchObject({
        effect: { standardError: null },
        notes: [
          'Stored loads are of nights, which say nothing by themselves: one load does not tell its own noise.',
        ],
      });
    });
  });

  test('of one load has no noise of its own', () => {
    const one = [{ prompt: 'p', pairs: loads(0.05, [0]) }];
    expect(estimateEffect('ttftMs', one, [])).toMatchObject({
      effect: { standardError: null, degreesOfFreedom: null },
      ownVariance: null,
      notes: ['No stored loads of this machine: one load does not tell its own noise.'],
    });
    expect(estimateEffect('ttftMs', one, [stored(1e-4)])).toMatchObject({
      effect: { standardError: expect.closeTo(0.01, 12), degreesOfFreedom: 20 },
      notes: [],
    });
  });

  test('leaves out a load that lost most of its readings', () => {
    const all = ['a', 'b', 'c'].map((prompt) => ({ prompt, pairs: loads(0, [0, 0, 0]) }));
    const cut = all.map((it, index) => ({ ...it, pairs: it.pairs.slice(0, index === 0 ? 3 : 2) }));
    expect(estimateEffect('ttftMs', cut, [])).toMatchObject({ loads: 2, pairs: 6 });
    expect(estimateEffect('ttftMs', cut, []).notes[0]).toBe('1 load left out, with under half the readings.');
  });

  test('of nothing says so', () => {
    expect(estimateEffect('ttftMs', [], [])).toMatchObject({
      ...{ effect: null, loads: 0, notes: ['There is no reading on both sides.'] },
    });
  });
});

describe('against earlier runs', () => {
  const run = (...ttftMs: number[]) => ttftMs.map((value, round) => sample({ round }, value));
  const earlier = [run(100, 100), run(102, 102), run(98, 98)];

  test('the run is the unit, and the interval is for a further one', () => {
    const pairs = pairWithRuns('ttftMs', earlier, run(110, 110), new Set(['p']));
    const found = estimateAgainstRuns('ttftMs', pairs);
    const logs = [100, 102, 98].map(Math.log);
    const middle = logs.reduce((a, b) => a + b) / 3;
    const variance = logs.reduce((sum, it) => sum + (it - middle) ** 2, 0) / 2;
    expect(found).toMatchObject({
      ...{ loads: 3, prompts: 1, ownVariance: null },
      effect: {
        ...{ logRatio: expect.closeTo(Math.log(110) - middle, 12), degreesOfFreedom: 2 },
        standardError: expect.closeTo(Math.sqrt(variance * (1 + 1 / 3)), 12),
      },
    });
    expect(found.notes[0]).toBe('Against 3 earlier runs, not interleaved: the noise is what runs differ by.');
  });

  test('one earlier run says nothing of how runs differ', () => {
    const pairs = pairWithRuns('ttftMs', [run(100)], run(110), new Set(['p']));
    expect(estimateAgainstRuns('ttftMs', pairs).effect).toMatchObject({ standardError: null });
  });

  test('a prompt that a run lacks, or that is not compared, is left out', () => {
    const pairs = pairWithRuns('ttftMs', [run(100), []], run(110), new Set(['p', 'q']));
    expect(pairs.map(({ prompt, pairs }) => [prompt, pairs.length])).toEqual([
      ['p', 1],
      ['q', 0],
    ]);
  });
});

describe('prompt by prompt', () => {
  const settings = { floor: 0.02, falseDiscoveryRate: 0.05 };
  const quiet = ['a', 'b', 'c', 'd'].map((prompt) => ({ prompt, pairs: loads(0) }));
  const detail = (...prompts: { prompt: string; pairs: { load: number; logRatio: number }[] }[]) => {
    const estimate: EffectEstimate = estimateEffect('ttftMs', prompts, []);
    return detailPrompts([estimate], settings);
  };

  test('one that doubled stands out, the others do not', () => {
    const shown = detail(...quiet, { prompt: 'slow', pairs: loads(Math.log(2)) });
    expect(shown.filter(({ standsOut }) => standsOut)).toMatchObject([
      { prompt: 'slow', metric: 'ttftMs', change: expect.closeTo(1, 12), pairs: 6 },
    ]);
  });

  test('one that is far noisier than the others goes by its own noise', () => {
    const noisy = { prompt: 'noisy', pairs: loads(0.1, [30, -30, 40, -40, 20, -20]) };
    expect(detail(...quiet, noisy).some(({ standsOut }) => standsOut)).toBe(false);
  });

  test('where all are as much slower, that is the metric’s to tell, and the one that is not stands out', () => {
    const slower = quiet.map(({ prompt }) => ({ prompt, pairs: loads(0.3) }));
    expect(detail(...slower).some(({ standsOut }) => standsOut)).toBe(false);
    const shown = detail(...slower, { prompt: 'as before', pairs: loads(0) });
    expect(shown.filter(({ standsOut }) => standsOut)).toMatchObject([{ prompt: 'as before', logRatio: 0 }]);
  });

  test('where prompts differ by much in any case, one that differs by little more does not stand out', () => {
    const apart = [0.1, 0.2, 0.25, 0.3, 0.4, 0.5].map((effect) => ({
      ...{ prompt: `at ${effect}`, pairs: loads(effect) },
    }));
    expect(detail(...apart).some(({ standsOut }) => standsOut)).toBe(false);
    const shown = detail(...apart, { prompt: 'far out', pairs: loads(4) });
    expect(shown.filter(({ standsOut }) => standsOut)).toMatchObject([{ prompt: 'far out' }]);
  });

  test('a difference below the floor does not stand out, however sure', () => {
    const little = { prompt: 'little', pairs: loads(0.015) };
    const shown = detail(...quiet, little).find(({ prompt }) => prompt === 'little');
    expect([shown?.standsOut, (shown?.adjustedPValue ?? 1) < 0.001]).toEqual([false, true]);
  });

  test('one load tells nothing of a prompt’s noise', () => {
    expect(detail({ prompt: 'p', pairs: loads(1, [0]) })).toMatchObject([
      { pValue: null, adjustedPValue: null, standsOut: false },
    ]);
  });
});
