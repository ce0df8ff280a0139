import { describe, expect, test } from 'vitest';
import { seedNormal } from '../../../scripts/simulate/random.ts';
import { estimateAgainstRuns } from '../../../src/core/compare/history-effect.ts';
import { defaultSettings, judgeFamily } from '../../../src/core/compare/judge-family.ts';
import type { PromptPairs } from '../../../src/core/compare/paired-effect.ts';
import { seedRandom } from '../../../src/core/compare/seeded-random.ts';

const against = (...logRatios: number[]): PromptPairs[] => [
  { prompt: 'p', pairs: logRatios.map((logRatio, load) => ({ load, logRatio })) },
];

describe('runs of what the tag stood for before', () => {
  test('tell the noise, whatever their level, where one run tells none', () => {
    const { effect, loads, notes } = estimateAgainstRuns('ttftMs', against(0.1), [against(0.5, 0.52, 0.48)]);
    expect({ effect, loads }).toEqual({
      effect: { logRatio: 0.1, standardError: expect.closeTo(0.02 * Math.sqrt(2), 12), degreesOfFreedom: 2 },
      loads: 1,
    });
    expect(notes).toEqual([
      'Against 1 earlier run, not interleaved: the noise is what 3 runs of what the tag stood for before differ by.',
      'That is few: to know, measure base and head in one job.',
    ]);
  });

  test('are pooled with what the runs since differ by', () => {
    const earlier = [against(0.5, 0.52, 0.48), against(-0.2, -0.2)];
    const { effect, notes } = estimateAgainstRuns('ttftMs', against(0.1, 0.12), earlier);
    const variance = (2 * 0.02 ** 2 + 0 + 2 * 0.01 ** 2) / 4;
    expect(effect).toEqual({
      logRatio: expect.closeTo(0.11, 12),
      standardError: expect.closeTo(Math.sqrt(variance * 1.5), 12),
      degreesOfFreedom: 4,
    });
    expect(notes).toEqual([
      'Against 2 earlier runs, not interleaved: the noise is what these and 5 runs of what the tag stood for before differ by, each among themselves.',
    ]);
  });

  test('are left out where the runs since are noisier than they can be', () => {
    const calm = against(...Array.from({ length: 8 }, (_, at) => 0.001 * (at % 2)));
    const { effect, notes } = estimateAgainstRuns('ttftMs', against(0, 0.2, -0.2, 0.1), [calm]);
    expect(effect?.degreesOfFreedom).toBe(3);
    expect(notes[1]).toMatch('noisier than runs of what the tag stood for before can explain');
  });

  test.each([
    ['one of each', [against(0.5), against(0.3)]],
    ['none', []],
  ])('say nothing where there is %s', (_, earlier) => {
    const { effect, notes } = estimateAgainstRuns('ttftMs', against(0.1), earlier);
    expect(effect?.standardError).toBeNull();
    expect(notes[0]).toBe('Against 1 earlier run, not interleaved: one does not tell what runs differ by.');
  });

  // Seeded, so that what it finds stays as it is. By the thousand: docs/adr/0008-verdicts.md.
  test('raise no alarm where the machine is as noisy as it was, and let a slowdown be named', () => {
    const normal = seedNormal(seedRandom(1));
    const nights = (count: number, level: number) =>
      Array.from({ length: count }, () => level + 0.01 * normal());
    const judge = (shift: number, isKnown: boolean) => {
      const estimates = [0, 1, 2, 3].map(() => {
        const head = shift + 0.01 * normal();
        const pairs = (levels: number[]) => against(...levels.map((it) => head - it));
        const before = isKnown ? [pairs(nights(10, 0.3))] : [];
        return { ...estimateAgainstRuns('ttftMs', pairs(nights(1, 0)), before), looks: null };
      });
      return judgeFamily(estimates, defaultSettings).some(({ word }) => word === 'regressed');
    };
    const share = (shift: number, isKnown: boolean) =>
      Array.from({ length: 400 }, () => judge(shift, isKnown)).filter(Boolean).length / 400;
    expect([share(0, true), share(0.1, true), share(0.1, false)]).toEqual([
      expect.toSatisfy((it: number) => it <= 0.01),
      expect.toSatisfy((it: number) => it >= 0.95),
      0,
    ]);
  });
});
