import { z } from 'zod';
import { count, isoTime } from './primitives.ts';

/** Reported minus true, in milliseconds. p99 is the plain quantile of the sample, which bounds nothing. */
const errors = z.object({ p50: z.number(), p99: z.number() });
const ofBoth = z.object({
  herdmark: errors,
  raw: errors.describe('A bare socket reader in the same run, for comparison'),
});
const rates = z.object({ one: z.number(), thirtyTwo: z.number() }).describe('By how many streams at once');

/** How wrong the client is on a machine: it was driven against a server of known timing in another process. */
export const calibration = z.object({
  measuredAt: isoTime,
  requests: count,
  herdmarkVersion: z.string(),
  nodeVersion: z.string(),
  ttftErrorMs: ofBoth,
  gapErrorMs: ofBoth.describe('Of the gaps between chunks'),
  e2eErrorMs: ofBoth,
  eventLoopDelayMsP99: z.number(),
  chunksPerSecond: z.object({ herdmark: rates, raw: rates }).describe('The most that were taken in'),
});
export type Calibration = z.infer<typeof calibration>;
