import { z } from 'zod';
import { checkResult } from './check.ts';
import { savedAnswer } from './output.ts';
import { cacheExpected, loadShape, phase, requestKind } from './plan.ts';
import { count, isoTime, runId, sha256, slug, variantKey } from './primitives.ts';
import { metricId, run } from './run.ts';
import { flag, sampleStatus } from './sample.ts';
import { schemaVersion } from './version.ts';

/**
 * What a history keeps of its runs, in a branch or a folder:
 *
 *     runs/<yyyy>/<mm>/<run id>.json.gz      historyRun: what a run found, immutable
 *     samples/<yyyy>/<mm>/<run id>.json.gz   historySamples: its single requests; a retention policy may remove it
 *     inputs/<2 hex>/<30 hex>.json           content-addressed: configs, prompt sets, lists of questions
 *     outputs/<2 hex>/<30 hex>.json          content-addressed: keptAnswer
 */

/** The first 32 hex digits of the SHA-256 of a document's canonical JSON (RFC 8785): its name in the history. */
export const contentId = z.string().regex(/^[0-9a-f]{32}$/, '32 hex digits');
export type ContentId = z.infer<typeof contentId>;

/** inputs/: which requests the columns of a run are of, in their order. The same on every night of the same models. */
export const questions = z.object({
  schemaVersion,
  questions: z.array(
    z.object({ variant: variantKey, prompt: slug, requestHash: sha256, checksHash: sha256 }),
  ),
});
export type Questions = z.infer<typeof questions>;

/** outputs/: one answer with what the checks of its time said of it. Named by its content, so an unchanged one costs nothing. */
export const keptAnswer = savedAnswer.omit({ block: true }).extend({ schemaVersion });
export type KeptAnswer = z.infer<typeof keptAnswer>;

const counts = z.array(count);
const numbers = z.array(z.number().nullable());

const offsets = z.array(z.int().nullable());

/** One entry a question in every column. */
export const metricColumns = z.object({
  n: counts,
  median: numbers.describe('To four significant digits'),
  low: offsets.describe('Lower end of its 95 % interval, as 1000 × ln(end ÷ median), rounded'),
  high: offsets.describe('The upper end, in the same way'),
  slowest: offsets.describe('The worst case, in the same way'),
});
export type MetricColumns = z.infer<typeof metricColumns>;

export const seriesColumns = z.object({
  counts: z.object({ planned: counts, ok: counts, failed: counts, invalid: counts }),
  checks: z.object({
    total: counts,
    passed: counts,
    answers: counts,
    answersPassed: counts,
    jsonExpected: counts,
    jsonParseFailures: counts,
    jsonFenced: counts,
  }),
  distinctAnswers: counts,
  metrics: z.record(metricId, metricColumns),
  answers: z
    .array(z.array(z.tuple([count, count])))
    .describe(
      'By question: load of the model and index into the answers of the run, for each load that answered',
    ),
});

/** runs/: one run. What it shares with others is named by content and lies beside it. */
export const historyRun = z.object({
  schemaVersion,
  run: run.omit({ schemaVersion: true, series: true }),
  origin: z
    .object({
      repository: z.string(),
      workflowRun: z.string(),
      attempt: count,
      artifact: count,
      uploadedAt: isoTime
        .nullish()
        .describe("When GitHub had it, by GitHub's own clock; absent before 2.1, null where it did not tell"),
    })
    .nullable()
    .describe('As the API told it; null for a run that was put in from a folder'),
  inputs: z.object({ config: contentId.nullable(), promptSet: contentId.nullable(), questions: contentId }),
  answers: z
    .array(contentId)
    .describe('The distinct answers of the run, in the order of their first question'),
  series: seriesColumns,
});
export type HistoryRun = z.infer<typeof historyRun>;

/** A column of few different values: those, and for each sample the index of its own. */
const coded = <T extends z.ZodType>(value: T) => z.object({ values: z.array(value), at: z.array(count) });

/** A column of times: by question their median, and for each sample 1000 × ln(time ÷ median), rounded; 0 ms is kept as a billionth of it. */
const times = z.object({ median: numbers, at: offsets });

/**
 * samples/: the judged and the timed requests of a run, as columns with one entry a sample, in the order in which they
 * were planned. Warm-ups, loads and the arrivals of single chunks are not kept; times are, to within 0.05 %.
 */
export const historySamples = z.object({
  schemaVersion,
  run: runId,
  question: counts.describe('Index into the questions of the run'),
  phase: coded(phase),
  kind: coded(requestKind),
  loadShape: coded(loadShape),
  cacheExpected: coded(cacheExpected),
  status: coded(sampleStatus),
  flags: coded(z.array(flag)),
  error: coded(z.object({ code: slug, message: z.string() }).nullable()),
  checks: coded(z.array(checkResult.omit({ reason: true }))).describe(
    'The reasons are kept with the answers',
  ),
  doneReason: coded(z.string().max(40).nullable()),
  block: counts,
  round: z.array(count.nullable()),
  repeat: counts,
  order: counts.describe('Position in the plan, as the difference from the sample before'),
  promptTokens: z.array(count.nullable()),
  cachedTokens: z.array(count.nullable()),
  outputTokens: z.array(count.nullable()),
  lagMs: times.describe('How long after it was due a request of an open loop left'),
  ttftMs: times,
  ttfaMs: times,
  tpotMs: times,
  e2eMs: times,
  promptEvalMs: times,
  evalMs: times,
});
export type HistorySamples = z.infer<typeof historySamples>;
