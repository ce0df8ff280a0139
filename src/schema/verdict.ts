import { z } from 'zod';
import { headlineMetric, loadVariance } from './load-variance.ts';
import { plainLine } from './plain-text.ts';
import { count, isoTime, runId, sentence, sha256, slug } from './primitives.ts';
import { checkCounts, distribution, metricId, run, variant } from './run.ts';
import { flag, sampleStatus } from './sample.ts';
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

const sideName = z.enum(['base', 'head']);

export const requestCounts = z.object({
  asked: count.describe(
    'Loads; and bare and timed requests, one at a time, to the prompts that are compared',
  ),
  failed: count.describe('No complete answer came: a stall, a crash, a refusal, nothing at all'),
  invalid: count.describe('Answered, and flagged: it stays out of every statistic'),
  unanswered: count.describe(
    'Without an answer by the model’s doing: the failed ones but for those that Herdmark broke off itself, and those in which the model only thought. This is what is tested',
  ),
  causes: z
    .array(
      z.object({
        status: sampleStatus.exclude(['ok']),
        code: slug.describe('Of the error or of the flag'),
        count,
        reason: sentence.describe('What the first of them says, perhaps in the server’s own words'),
      }),
    )
    .describe('Why requests failed or are invalid, the most frequent first; an invalid one may have several'),
});
export type RequestCounts = z.infer<typeof requestCounts>;

export const lostPrompt = z.object({
  prompt: slug,
  side: sideName.describe('The side that has nothing; where both have, there are two entries'),
  lost: z
    .enum(['everything', 'answers', 'readings'])
    .describe('answers: of the bare requests none is valid; readings: of the timed ones none is'),
  asked: count.describe('Requests of this kind, or both kinds, that the side was sent'),
  unanswered: count.describe('Those of them that the model left without an answer; the others are invalid'),
  total: z
    .boolean()
    .describe(
      'Counts against the side by itself: it never answered, or could never be loaded, and the other side, which answers every prompt always or never, always did',
    ),
  code: slug.describe('The most frequent cause; not-asked where the run did not come to it'),
  reason: sentence,
});
export type LostPrompt = z.infer<typeof lostPrompt>;

/** Whether base and head answered what they were asked, and what was lost where not. */
export const requestsVerdict = z.object({
  word: verdictWord.describe(
    'regressed: a prompt is a total loss of head’s alone, or head left more requests without an answer by Fisher’s exact test; improved: the other way round; unchanged: every request was answered; else inconclusive',
  ),
  base: requestCounts,
  head: requestCounts,
  pValue: probability.nullable().describe('Two-sided, of Fisher’s exact test; null where all were answered'),
  adjustedPValue: probability
    .nullable()
    .describe('Over the models of the campaign; to be held against alpha'),
  lost: z.array(lostPrompt).describe('Prompts of which a side has no valid answer, or no valid reading'),
});
export type RequestsVerdict = z.infer<typeof requestsVerdict>;

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
  standsOut: z
    .boolean()
    .describe(
      'By at least the floor, and beyond the false-discovery rate, against what all prompts changed by',
    ),
});
export type PromptVerdict = z.infer<typeof promptVerdict>;

const passed = z.object({ passed: count, answers: count });
const named = z.object({ prompt: slug, label: z.string() });

export const qualityVerdict = z.object({
  word: verdictWord,
  prompts: count.describe(
    'Prompts whose checks were put to both sides; and those that one side alone left without any answer',
  ),
  better: count.describe(
    'Prompts on which head passed more checks, a request without an answer passing none',
  ),
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
  requests: requestsVerdict
    .nullable()
    .default(null)
    .describe(
      'How many requests came to nothing, on which side and why; null: it is not comparable, or from before 2.2',
    ),
  metrics: z.array(metricVerdict),
  promptDetail: z.array(promptVerdict),
  tails: z.array(tail).describe('Described, never judged'),
  quality: qualityVerdict,
  text: textVerdict,
  memory: memoryVerdict,
  joint: z.object({
    speed: verdictWord,
    quality: verdictWord.describe(
      'Of the checks; regressed or improved also where requests are, which outweighs what the checks say',
    ),
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
    .describe(
      'Numbers of loads at which it was looked; the last is the most there could be, or where the run ended early. null: once, at the end',
    ),
});
export type VerdictSettings = z.infer<typeof verdictSettings>;

/** What is said against the circumstances under which a side was measured. */
export const verdictFlag = flag.extend({
  side: sideName.nullable().describe('null: of the run that measured both'),
  model: plainLine.nullable().describe('Whose loads or requests it speaks of; null: the whole run'),
  count: count
    .min(1)
    .describe('How many requests have it, or how often it is said of loads; the sentence is the first’s'),
});
export type VerdictFlag = z.infer<typeof verdictFlag>;

export const earlyEnd = z.object({
  loads: count.describe('Loads that both sides of every pair were measured in'),
  most: count.min(1).describe('Loads that the plan had at the most'),
  code: slug.describe('The flag of the run: out-of-time, cancelled, server-lost, server-busy, interrupted'),
  reason: sentence,
});
export type EarlyEnd = z.infer<typeof earlyEnd>;

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
  endedEarly: earlyEnd
    .nullable()
    .default(null)
    .describe(
      'What ended the run before all of its loads were measured; null: they were, or as many as were needed, or some came to nothing by themselves',
    ),
  flags: z
    .array(verdictFlag)
    .default([])
    .describe(
      'Everything that the runs say against themselves and the models that are compared, as out-of-time, host-busy, gpu-hot; and of requests what spoiled their times, as gpu-throttled',
    ),
  added: z
    .array(plainLine)
    .default([])
    .describe('Models that only head asks for, or that have no base: there is nothing to hold them against'),
  removed: z.array(plainLine).default([]).describe('Models that only base asks for'),
  models: z.array(modelVerdict),
});
export type Verdict = z.infer<typeof verdict>;
