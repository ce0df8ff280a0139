import { z } from 'zod';
import { plainLine } from './plain-text.ts';
import { schemaVersion } from './version.ts';

const names = z.array(plainLine).max(100);

/** What a benchmark uploads that was to compare two configs and found no model changed: it has no run to upload. */
export const nothingChanged = z.object({
  schemaVersion,
  workflowRun: z.string().describe('The workflow run that it is of'),
  added: names.describe('Models that only head asks for'),
  removed: names.describe('Models that only base asks for'),
});
export type NothingChanged = z.infer<typeof nothingChanged>;
