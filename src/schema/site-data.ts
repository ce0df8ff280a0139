import { z } from 'zod';
import { contentId } from './history.ts';
import { count, isoTime, sha256, slug } from './primitives.ts';
import { metricId, runStatus } from './run.ts';
import { schemaVersion } from './version.ts';

/**
 * What a site has for browsers and other programs, besides the documents of its history. All columns are over nights or
 * runs, of one length, and undefined is null.
 */

export const trendId = z.enum([...metricId.options, 'loadMs', 'answersPassed', 'memoryBytes']);
/** What trends are drawn of. */
export type TrendId = z.infer<typeof trendId>;

const numbers = z.array(z.number().nullable());

export const trendColumns = z.object({
  n: z.array(count).describe('How many readings the median is of'),
  median: numbers,
  low: numbers.describe('The lower end of its 95 % interval'),
  high: numbers.describe('The upper end'),
  slowest: numbers.describe('The worst case'),
});
export type TrendColumns = z.infer<typeof trendColumns>;

/** data/lines/<slug>/<trend id>.json: one trend of one line, over the nights of nights.json. */
export const siteTrend = trendColumns.extend({ schemaVersion });

/** What is different from the night before, in words for people. */
export const siteMark = z.object({
  night: count.describe('Index into the nights of the line'),
  kind: z.enum(['digest', 'epoch']),
  words: z.array(z.string()).describe('Such as `Ollama 0.33.0 → 0.34.1`'),
});
export type SiteMark = z.infer<typeof siteMark>;

export const answerState = z
  .enum(['passed', 'mixed', 'failed', 'unanswered'])
  .describe('Over all loads of a night; mixed: passed in some, failed in others');
export type AnswerState = z.infer<typeof answerState>;

export const answerStretch = z.object({
  answers: z
    .array(contentId)
    .describe('The distinct answers, most frequent first: names of documents in outputs/'),
  from: count.describe('Index into the nights of the line'),
  to: count,
  state: answerState.describe('On the last of these nights'),
});
/** A stretch of nights in which the loads of a model gave the same answers to a prompt. */
export type AnswerStretch = z.infer<typeof answerStretch>;

export const linePrompt = z.object({
  ttftMs: numbers,
  e2eMs: numbers,
  answers: z.array(answerStretch).describe('Oldest first'),
});
/** One prompt as one line answered it. Columns are over the nights of the line. */
export type LinePrompt = z.infer<typeof linePrompt>;

/** data/lines/<slug>/prompts/<set>/<prompt>.json */
export const siteLinePrompt = linePrompt.extend({ schemaVersion });

/** data/lines/<slug>/nights.json: what the columns of a line are over, oldest night first. */
export const lineNights = z.object({
  schemaVersion,
  run: z.array(z.string()).describe('Of each night the run that measured the model'),
  at: z.array(z.int()).describe('Milliseconds since 1970'),
  sha: z.array(z.string().nullable()),
  digest: z.array(count).describe('Index into digests'),
  digests: z.array(sha256),
  status: z.array(runStatus),
  marks: z.array(siteMark),
  machine: z.string(),
  model: z.string(),
  options: z.string(),
});
export type LineNights = z.infer<typeof lineNights>;

/** data/runs.json: a run a row, newest first; of a night that was measured in shards, each of them. */
export const runRows = z.object({
  schemaVersion,
  id: z.array(z.string()),
  at: z.array(z.int()).describe('Milliseconds since 1970'),
  machine: z.array(count).describe('Index into machines'),
  machines: z.array(z.object({ id: z.string(), label: z.string() })),
  status: z.array(runStatus),
  event: z.array(z.string().nullable()),
  sha: z.array(z.string().nullable()),
  ok: z.array(count),
  failed: z.array(count),
  invalid: z.array(count),
  variants: z.array(z.array(count)).describe('Indices into models'),
  models: z.array(z.string()),
});
export type RunRows = z.infer<typeof runRows>;

export const sitePrompt = z.object({
  set: slug,
  id: slug,
  title: z.string(),
  category: slug,
  promptSet: contentId
    .nullable()
    .describe('The prompt set that has its newest text; null where none could be kept'),
  version: count.describe('Of that set'),
  isCurrent: z.boolean().describe('Whether it was in the newest night of any machine'),
});
export type SitePrompt = z.infer<typeof sitePrompt>;

/** data/index.json: what is where. */
export const siteIndex = z.object({
  schemaVersion,
  generator: z.literal('herdmark'),
  builtAt: isoTime,
  runs: count,
  machines: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      nights: count,
      latest: z.array(z.string()).describe('The runs of the newest night'),
    }),
  ),
  lines: z
    .array(
      z.object({
        slug: z.string().describe('Its folder in data/lines/'),
        model: z.string(),
        modelSlug: z.string().describe('Its page in models/, its folder in badges/'),
        machine: z.string(),
        options: z.string(),
        nights: count,
        digests: z.array(sha256),
        prompts: z.array(z.string()).describe('`<set>/<prompt>`'),
      }),
    )
    .describe('A line is one model tag with one set of options on one machine'),
  trends: z.array(trendId),
  prompts: z.array(sitePrompt),
  skipped: z.array(z.object({ name: z.string(), reason: z.string() })),
  files: z.object({
    runs: z.string(),
    changes: z.string(),
    feed: z.string(),
    line: z.array(z.string()),
    run: z.string(),
    samples: z.string(),
    input: z.string(),
    output: z.string(),
    schemas: z.string(),
  }),
});
export type SiteIndex = z.infer<typeof siteIndex>;
