import { mean } from 'simple-statistics';
import { estimateAgainstRuns } from '../../src/core/compare/history-effect.ts';
import { defaultSettings, judgeFamily } from '../../src/core/compare/judge-family.ts';
import { seedRandom } from '../../src/core/compare/seeded-random.ts';
import { seedNormal } from './random.ts';

/** A run held against nights before it, of which none was interleaved with it. */
export interface NightCell {
  earlier: number;
  /** Between nights. */
  nightSd: number;
  /** How often a night is slow as a whole, by a fifth. */
  badNights: number;
  /** ln of how much slower head is. */
  slower: number;
}

const metrics = 4;
const prompts = 24;
/** Metrics of one night have this much in common. */
const correlation = 0.6;
/** Of a prompt's mean over twelve readings at CV 10 %. */
const promptSd = 0.1 / Math.sqrt(12);
const badNight = Math.log(1.2);

/** The share of runs in which any metric is called changed. */
export function simulateNights(
  { earlier, nightSd, badNights, slower }: NightCell,
  runs: number,
  seed: number,
): number {
  const random = seedRandom(seed);
  const normal = seedNormal(random);
  const drawNight = (effect: number) => {
    const common = normal();
    const shift = effect + (random() < badNights ? badNight : 0);
    return Array.from({ length: metrics }, () => {
      const offset = nightSd * (Math.sqrt(correlation) * common + Math.sqrt(1 - correlation) * normal());
      return Array.from({ length: prompts }, () => shift + offset + promptSd * normal());
    });
  };
  return mean(
    Array.from({ length: runs }, () => {
      const nights = Array.from({ length: earlier }, () => drawNight(0));
      const head = drawNight(slower);
      const estimates = head.map((readings, metric) => {
        const pairs = readings.map((after, prompt) => ({
          prompt: `p${prompt}`,
          pairs: nights.map((night, load) => ({ load, logRatio: after - (night[metric]?.[prompt] ?? 0) })),
        }));
        return { ...estimateAgainstRuns('ttftMs', pairs), looks: null };
      });
      const words = judgeFamily(estimates, defaultSettings).map(({ word }) => word);
      return Number(words.includes('regressed') || words.includes('improved'));
    }),
  );
}
