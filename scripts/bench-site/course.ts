import { seedRandom } from '../../src/core/compare/seeded-random.ts';
import { seedNormal } from '../simulate/random.ts';

/** How one model stands on one night. */
export interface ModelCourse {
  /** How often its tag has moved. */
  digest: number;
  /** By prompt, how often the answer has changed. */
  answers: number[];
  /** Factors on times, 1 on a usual night. */
  prefill: number;
  decode: number;
}

/** One night: what the machine is, and what the models are. */
export interface NightCourse {
  night: number;
  /** How often Ollama was upgraded. */
  server: number;
  models: ModelCourse[];
}

/** Of the logarithm of a time; between nights, correlated with the night before. */
const machineSd = 0.01;
const modelSd = 0.012;
const autocorrelation = 0.5;
/** Odds of a night. */
const slowNight = 0.02;
const upgrade = 1 / 45;
const tagMove = 1 / 300;
const answerChange = 0.002;
/** Of the prompts, when a tag moves. */
const answersOfNewDigest = 0.3;

/**
 * Draws nights one after another, the same for the same seed: each machine and model wanders, some nights are slow
 * (never fast: noise is skewed), Ollama is upgraded every six weeks, a tag moves every ten months, an answer changes now
 * and then without any of that.
 */
export function* drawNights(size: { models: number; prompts: number }, seed: number): Generator<NightCourse> {
  const random = seedRandom(seed);
  const normal = seedNormal(random);
  const wander = (before: number, sd: number) =>
    autocorrelation * before + sd * Math.sqrt(1 - autocorrelation ** 2) * normal();
  let server = 0;
  let machine = 0;
  let level = 0;
  const models = Array.from({ length: size.models }, () => ({
    ...{ digest: 0, answers: Array<number>(size.prompts).fill(0), prefill: 0, decode: 0, level: 0 },
  }));
  for (let night = 0; ; night++) {
    if (random() < upgrade) {
      server++;
      level = 0.02 * normal();
    }
    machine = wander(machine, machineSd);
    const slow = random() < slowNight ? 0.05 * Math.abs(normal()) : 0;
    for (const model of models) {
      model.prefill = wander(model.prefill, modelSd);
      model.decode = wander(model.decode, modelSd);
      const hasMoved = random() < tagMove;
      if (hasMoved) {
        model.digest++;
        model.level = 0.03 * normal();
      }
      const odds = hasMoved ? answersOfNewDigest : answerChange;
      model.answers = model.answers.map((changes) => (random() < odds ? changes + 1 : changes));
    }
    const common = machine + level + slow;
    yield {
      ...{ night, server },
      models: models.map(({ digest, answers, prefill, decode, level: own }) => ({
        ...{ digest, answers },
        prefill: Math.exp(common + own + prefill),
        decode: Math.exp(common + own + decode),
      })),
    };
  }
}
