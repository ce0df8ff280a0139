import { z } from 'zod';

const figures = z.object({
  f1: z.number().nullable(),
  falsePer1000: z.number().nullable(),
  delay: z.number().nullable(),
});
export type ScoreFigures = z.infer<typeof figures>;

const shape = z.object({
  title: z.string(),
  /** By the id of the rule. */
  rules: z.record(z.string(), figures),
});

/** What simulations say of the rule that tells changes in history, beside rules of tools in use. */
export const scorecard = z.object({
  shapes: z.union([z.array(shape), z.record(z.string(), shape).transform((it) => Object.values(it))]),
});
export type Scorecard = z.infer<typeof scorecard>;

/** Names for people; a rule that is not among them is called by its id. */
export const ruleNames: Readonly<Record<string, string>> = {
  herdmark: 'Herdmark',
  plainGlr: 'GLR, nights taken as independent',
  ratio2: 'github-action-benchmark: twice the night before',
  tenPercent: '10 % against the night before',
  tPrediction: 'Bencher: t prediction, 0.99',
  mannWhitney: '5 nights against 20, Mann–Whitney 0.05',
  iqrFence: 'rustc-perf: Q3 + 3 IQR',
  never: 'never alarming',
};

/** The scorecard, where it was made and has the form that is known. */
export function readScorecard(json: unknown): Scorecard | null {
  const read = scorecard.safeParse(json);
  return read.success ? read.data : null;
}
