import { expect, test } from 'vitest';
import { type Layout, type NoiseShape, simulateModel } from '../../../scripts/simulate/latency-noise.ts';
import { estimateEffect, type StoredLoads } from '../../../src/core/compare/estimate-effect.ts';
import { defaultSettings, judgeFamily } from '../../../src/core/compare/judge-family.ts';
import type { PromptPairs } from '../../../src/core/compare/paired-effect.ts';
import { seedRandom } from '../../../src/core/compare/seeded-random.ts';

// Seeded, so that what it finds stays as it is. By the thousand: docs/adr/0008-verdicts.md.

const compared: Layout = { metrics: 4, prompts: 24, loads: 6, rounds: 2, resident: true };
/** Two models of a night, three loads of each in turn: the first rounds of these, as many as a comparison has. */
const night: Layout = { ...compared, loads: 3, resident: false };

test.each<[string, NoiseShape, number]>([
  ['noisy requests', { cv: 0.1, autocorrelation: 0.3, loadSd: 0.005 }, 0.05],
  ['noisy loads', { cv: 0.03, autocorrelation: 0.3, loadSd: 0.01 }, 0.03],
  ['requests that go together', { cv: 0.1, autocorrelation: 0.6, loadSd: 0.01 }, 0.05],
])('nights in the store raise no alarm and hide no slowdown: %s', (_, noise, slower) => {
  const random = seedRandom(1);
  const nights = Array.from({ length: 10 }, () =>
    simulate(noise, night, random).map((pairs) => estimateEffect('ttftMs', pairs, []).ownVariance),
  );
  const outcomes = Array.from({ length: 150 }, () => {
    const metrics = simulate(noise, compared, random);
    const judge = (isKnown: boolean, shift: number) =>
      judgeFamily(
        metrics.map((pairs, metric) => {
          const known = nights.flatMap((of): StoredLoads[] => {
            const found = of[metric];
            return found && isKnown ? [{ ...found, nightly: true }] : [];
          });
          const found = estimateEffect('ttftMs', metric === 0 ? shiftAll(pairs, shift) : pairs, known);
          return { ...found, looks: null };
        }),
        defaultSettings,
      ).map(({ word }) => word);
    const isCalled = (word: string) => word === 'regressed' || word === 'improved';
    return {
      falseAlarm: judge(true, 0).some(isCalled),
      named: judge(true, Math.log1p(slower))[0] === 'regressed',
      namedAlone: judge(false, Math.log1p(slower))[0] === 'regressed',
    };
  });
  const count = (of: 'falseAlarm' | 'named' | 'namedAlone') => outcomes.filter((it) => it[of]).length;
  expect(count('falseAlarm')).toBeLessThanOrEqual(1);
  expect(count('named')).toBeGreaterThanOrEqual(count('namedAlone'));
});

/** By metric, the pairs of two models that are the same. */
function simulate(noise: NoiseShape, layout: Layout, random: () => number): PromptPairs[][] {
  const { prompts, rounds, loads } = layout;
  const { base, head } = simulateModel(noise, layout, random);
  return base.map((before, metric) =>
    Array.from({ length: prompts }, (_, prompt) => ({
      prompt: `p${prompt}`,
      pairs: Array.from({ length: loads * rounds }, (_, round) => {
        const at = round * prompts + prompt;
        const logRatio = (head[metric]?.[at] ?? 0) - (before[at] ?? 0);
        return { load: Math.floor(round / rounds), logRatio };
      }),
    })),
  );
}

function shiftAll(prompts: readonly PromptPairs[], by: number): PromptPairs[] {
  return prompts.map(({ prompt, pairs }) => ({
    prompt,
    pairs: pairs.map((it) => ({ ...it, logRatio: it.logRatio + by })),
  }));
}
