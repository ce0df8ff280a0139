import { z } from 'zod';
import { headlineMetric, loadVariance } from './load-variance.ts';
import { count, isoTime, runId, sentence, sha256, slug } from './primitives.ts';
import { checkCounts, distribution, metricId, run, variant } from './run.ts';
import { schemaVersion } from './version.ts';

export { type HeadlineMetric, headlineMetric, type LoadVariance, loadVariance } from './load-variance.ts';

export const verdictWord = z
  .enum(['regressed', 'improved', 'unchanged', 'inconclusive', 'not comparable'])
  .describe(
    'unchanged: shown to be within the floor; inconclusive: could not be told, with what could have been seen',
  );
export type VerdictWord = z.infer<typeof verdictWord>;

const ratio = z.number().describe('head ÷ base − 1: 0.05 is 5 % more, whether that is better or worse');
const probability = z.number().min(0).max(1);

/** Why something cannot be held against something else. */
export const reason = z.object({ code: slug, reason: sentence });
export type Reason = z.infer<typeof reason>;

export const leftOut = z.object({ prompt: slug, reason: sentence });
export type LeftOut = z.infer<typeof leftOut>;

export const effect = z.object({
  logRatio: z.number().describe('ln(head ÷ base), turned so that above 0 is worse'),
  standardError: z.number().nonnegative().nullable().describe('null: nothing to tell the noise by'),
  degreesOfFreedom: z.number().nonnegative().nullable(),
});
export type Effect = z.infer<typeof effect>;

export const metricVerdict = z.object({
  metric: headlineMetric,
  word: verdictWord,
  change: ratio.nullable(),
  interval: z
    .object({ level: probability, low: ratio, high: ratio })
    .nullable()
    .describe('Of the change; unchanged means that it lies inside the floor'),
  effect: effect.nullable(),
  pValue: probability.nullable().describe('Two-sided, by itself and at this look alone'),
  adjustedPValue: probability
    .nullable()
    .describe('For the family and for looking early; to be held against alpha'),
  detectableChange: z
    .number()
    .nonnegative()
    .nullable()
    .describe('The slowdown that this comparison would have named in 8 of 10 cases'),
  loads: count.describe('What the interval counts: loads, or earlier runs'),
  rounds: count,
  prompts: count,
  pairs: count,
  ownVariance: loadVariance.nullable().describe('What this comparison adds to the store; null with one load'),
  pooledDegreesOfFreedom: z.number().nonnegative().describe('Of stored loads; 0: this run’s own noise only'),
  notes: z.array(sentence),
});
export type MetricVerdict = z.infer<typeof metricVerdict>;

/** One prompt × metric: detail for who looks for the cause, never an alarm. */
export const promptVerdict = z.object({
  prompt: slug,
  metric: headlineMetric,
  change: ratio,
  logRatio: z.number(),
  pairs: count,
  pValue: probability.nullable(),
  adjustedPValue: probability.nullable().describe('For the share of false ones among those that stand out'),
  standsOut: z.boolean().describe('At least the floor, and beyond the false-discovery rate'),
});
export type PromptVerdict = z.infer<typeof promptVerdict>;

const passed = z.object({ passed: count, answers: count });
const named = z.object({ prompt: slug, label: z.string() });

export const qualityVerdict = z.object({
  word: verdictWord,
  prompts: count.describe('Prompts whose checks were put to both sides'),
  better: count.describe('Prompts on which head passed more checks'),
  worse: count,
  pValue: probability.nullable().describe('Exact sign test over prompts; null where they are all the same'),
  adjustedPValue: probability.nullable(),
  base: checkCounts,
  head: checkCounts,
  changes: z
    .array(named.extend({ base: passed, head: passed }))
    .describe('Checks that passed more or less often'),
  neverFailed: z.array(named).describe('Vacuous: on neither side has an answer failed it'),
  neverPassed: z.array(named).describe('Vacuous: on neither side has an answer passed it'),
  rejudged: z.array(slug).describe('Prompts whose checks had changed, so both sides were judged again'),
  notes: z.array(sentence),
});
export type QualityVerdict = z.infer<typeof qualityVerdict>;

const answer = z.object({
  run: runId,
  block: count.describe('The load whose answer stands for the side: the one most like the others'),
  hash: sha256,
});

export const textChange = z.object({
  prompt: slug,
  distance: probability.describe(
    'Between the sides: 0 is the same words in the same order, 1 none in common',
  ),
  excess: z.number().describe('The same less what each side differs from itself'),
  pValue: probability,
  adjustedPValue: probability,
  changed: z.boolean().describe('Beyond what the models differ from themselves'),
  base: answer,
  head: answer,
});
export type TextChange = z.infer<typeof textChange>;

export const textWord = z
  .enum(['changed', 'same', 'within self-disagreement', 'cannot tell', 'not comparable'])
  .describe(
    'cannot tell: the loads are too few to say whether it is more than the models differ from themselves',
  );
export type TextWord = z.infer<typeof textWord>;

export const textVerdict = z.object({
  word: textWord,
  prompts: count,
  changed: count.describe('Prompts whose answers changed beyond self-disagreement'),
  flipRate: z
    .object({ base: probability.nullable(), head: probability.nullable(), between: probability.nullable() })
    .describe('How often two answers to the same prompt differ: of one side, and of both'),
  pValue: probability.nullable().describe('Of all prompts together'),
  changes: z.array(textChange).describe('Those that differ, the most changed first'),
  notes: z.array(sentence),
});
export type TextVerdict = z.infer<typeof textVerdict>;

export const tail = z.object({ metric: metricId, base: distribution, head: distribution });
export type Tail = z.infer<typeof tail>;

const bytes = z.object({ base: count.nullable(), head: count.nullable(), change: ratio.nullable() });
export const memoryVerdict = z.object({ memory: bytes, vram: bytes });
export type MemoryVerdict = z.infer<typeof memoryVerdict>;

const identity = variant.pick({
  ...{ key: true, name: true, digest: true, quantization: true, parameterSize: true },
  ...{ contextLength: true, templateHash: true, options: true, think: true },
});

export const modelVerdict = z.object({
  base: identity,
  head: identity,
  treatment: z.array(sentence).describe('What of the model was changed, in words'),
  reasons: z.array(reason).describe('Why the two cannot be compared; none where they can'),
  leftOut: z.array(leftOut),
  metrics: z.array(metricVerdict),
  promptDetail: z.array(promptVerdict),
  tails: z.array(tail).describe('Described, never judged'),
  quality: qualityVerdict,
  text: textVerdict,
  memory: memoryVerdict,
  joint: z.object({
    speed: verdictWord,
    quality: verdictWord,
    text: textWord,
    memory: ratio.nullable(),
    line: sentence.describe('Speed, tail, quality, text and memory in one line'),
  }),
});
export type ModelVerdict = z.infer<typeof modelVerdict>;

const measured = z.object({
  runs: z.array(runId).min(1).describe('One, or with a baseline from history several'),
  startedAt: isoTime,
  source: run.shape.source,
});

export const verdictSettings = z.object({
  alpha: probability.describe('How often a campaign without any change may call one, over all its metrics'),
  floor: z.number().positive().describe('The smallest change worth a word: 0.02 is 2 %'),
  qualityAlpha: probability,
  falseDiscoveryRate: probability.describe('Of prompt detail and of changed answers'),
  looks: z
    .array(count.min(1))
    .nullable()
    .describe('Numbers of loads at which it was agreed to look; null: once, at the end'),
});
export type VerdictSettings = z.infer<typeof verdictSettings>;

/** verdict.json: what comparing two sides on one machine found. */
export const verdict = z.object({
  schemaVersion,
  design: z
    .enum(['paired', 'unpaired'])
    .describe('paired: interleaved in one job; unpaired: against earlier runs, which sees less'),
  machine: run.shape.machine,
  base: measured,
  head: measured,
  settings: verdictSettings,
  familySize: count.describe(
    'How many metrics the p values are adjusted for, over all machines of the campaign',
  ),
  models: z.array(modelVerdict),
});
export type Verdict = z.infer<typeof verdict>;
