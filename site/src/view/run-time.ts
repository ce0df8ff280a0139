import type { Run } from '../../../src/schema/run.ts';
import { siteModel } from './site-model.ts';

/** When a run started (UTC): `2026-11-24 01:30`, with seconds where runs follow each other within a minute. */
export function formatRunTime({ startedAt }: Run): string {
  const end = siteModel().hasRunsOfOneMinute ? 19 : 16;
  return `${startedAt.slice(0, 10)} ${startedAt.slice(11, end)}`;
}
