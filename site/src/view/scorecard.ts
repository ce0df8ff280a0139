import { type Scorecard, scorecard } from '../../../src/schema/scorecard.ts';

/** The scorecard, where it was made; null where it was not, or where another version of the bench wrote it. */
export function readScorecard(json: unknown): Scorecard | null {
  const read = scorecard.safeParse(json);
  return read.success ? read.data : null;
}
