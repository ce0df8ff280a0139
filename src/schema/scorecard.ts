import { z } from 'zod';
import { count } from './primitives.ts';

const share = z.number().min(0).max(1);

export const ruleFigures = z.object({
  f1: share
    .nullable()
    .describe(
      'Within five nights, the mean over years; null where nothing changes, as it is undefined there',
    ),
  falsePer1000: z.number().min(0).describe('False alarms per 1,000 nights of a series'),
  falsePer1000AtMost: z.number().min(0).describe('Its upper bound at 95 %, as alarms of a Poisson process'),
  delay: z
    .number()
    .nullable()
    .describe(
      'Median of nights from the last good one to the alarm, missed changes included; null where most were missed',
    ),
});
export type RuleFigures = z.infer<typeof ruleFigures>;

/** scorecard.json: what simulations say of Herdmark and of rules in use. The same for the same seed, on any machine. */
export const scorecard = z.object({
  seed: count,
  rules: z.array(z.object({ id: z.string(), title: z.string() })),
  shapes: z
    .array(
      z.object({
        id: z.string(),
        title: z.string(),
        years: count,
        nights: count.describe('Of all years together, those while it was learned left out'),
        rules: z.record(z.string(), ruleFigures).describe('By the id of the rule'),
      }),
    )
    .describe('What history may look like'),
  pullRequests: z.object({
    perCell: count,
    falseAlarmRate: share.describe('The worst cell in which nothing changed'),
    power: z.object({ '5at10': share, '3at3': share }).describe('The worst cell of each'),
    cells: z.array(
      z.object({
        title: z.string(),
        isQuiet: z.boolean(),
        falseAlarms: share,
        named: share.describe('The slowdown called by its name'),
        unchanged: share.describe('Of metrics without a change, those shown to be within the floor'),
        peers: z.record(z.string(), z.object({ falseAlarms: share, named: share })),
      }),
    ),
  }),
});
export type Scorecard = z.infer<typeof scorecard>;
