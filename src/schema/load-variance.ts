import { z } from 'zod';

export const headlineMetric = z
  .enum(['ttftMs', 'tpotMs', 'matchedE2eMs', 'prefillTokensPerSecond'])
  .describe('matchedE2eMs: E2E as it would be if head’s answer were as long as base’s');
export type HeadlineMetric = z.infer<typeof headlineMetric>;

/** The noise of one load's effect on a metric: what later comparisons pool with their own. */
export const loadVariance = z.object({
  metric: headlineMetric,
  variance: z
    .number()
    .nonnegative()
    .describe('Of the log ratio of one load, over all its prompts and rounds'),
  degreesOfFreedom: z.number().positive(),
  pairs: z.number().positive().describe('Pairs of readings in one load: fewer are noisier'),
});
export type LoadVariance = z.infer<typeof loadVariance>;

/** Far above what any machine does: a document from elsewhere is not to overflow what is reckoned with it. */
const most = { variance: 100, degreesOfFreedom: 1e6, pairs: 1e6 };

/** What earlier loads of a machine tell. */
export const knownLoads = loadVariance.extend({
  variance: loadVariance.shape.variance.max(most.variance),
  degreesOfFreedom: loadVariance.shape.degreesOfFreedom.max(most.degreesOfFreedom),
  pairs: loadVariance.shape.pairs.max(most.pairs),
  nightly: z
    .boolean()
    .default(false)
    .describe('Of two models that a night measured one after the other, not of a comparison'),
});
export type KnownLoads = z.infer<typeof knownLoads>;
