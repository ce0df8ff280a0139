import { z } from 'zod';
import { count, isoTime, milliseconds, runId, sentence, sha256 } from './primitives.ts';
import { metricId } from './run.ts';
import { schemaVersion } from './version.ts';

const ratio = z.number().describe('after ÷ before − 1: 0.05 is 5 % more, whether that is better or worse');

/** A night is the run that measured it. */
export const night = z.object({ run: runId, at: isoTime });
export type Night = z.infer<typeof night>;

/** One tag with one set of options on one machine. */
export const watchedLine = z.object({
  machine: z.string().describe('The id of the machine'),
  model: z.string().describe('The tag as it was asked for'),
  options: z.string().describe('Options and thinking in one line, sorted by name'),
  copy: count.describe('A run may ask for one model twice with the same options: 0 for the first'),
});
export type WatchedLine = z.infer<typeof watchedLine>;

export const seriesStatus = z
  .enum(['learning', 'stable', 'suspicious', 'creeping'])
  .describe(
    'learning: fewer than 20 nights; suspicious: a candidate is open; creeping: a confirmed creep goes on',
  );

/** One metric of one line, or of what all models of a machine do together, in the epoch that is going on. */
export const watchedSeries = z.object({
  id: z.string().describe('What change points refer to'),
  machine: z.string(),
  line: watchedLine
    .nullable()
    .describe('null: the common movement of the machine, the median over its models'),
  metric: metricId,
  status: seriesStatus,
  nights: count.describe('In this epoch'),
  epochFrom: night,
  stretchFrom: night.describe('With which the present stretch began: the epoch, or the last change in it'),
  level: z
    .number()
    .nullable()
    .describe(
      'Median of the present stretch, in the unit of the metric, freed of the common movement; null for that',
    ),
  noise: z
    .object({ sd: z.number().positive(), autocorrelation: z.number().min(0).max(1) })
    .nullable()
    .describe('Between nights, relative; correlation of a night with the one before. null while learning'),
});
export type WatchedSeries = z.infer<typeof watchedSeries>;

export const changePoint = z.object({
  series: z.string().describe('The id of the series'),
  machine: z.string(),
  line: watchedLine.nullable(),
  metric: metricId,
  status: z
    .enum(['candidate', 'confirmed', 'cleared', 'interrupted'])
    .describe('interrupted: something else was changed before the nights could decide'),
  shape: z.enum(['step', 'creep']),
  tone: z.enum(['better', 'worse']),
  lastGood: night.describe('The last night before the change, as far as can be told'),
  firstChanged: night,
  suspectedAt: night,
  decidedAt: night
    .nullable()
    .describe('The night of the alarm, or that cleared it; null while it is a candidate or was interrupted'),
  levelledAt: night.nullable().describe('When a creep was seen to have ended; null while it goes on'),
  before: z.number().nullable().describe('Median, in the unit of the metric; null for the common movement'),
  after: z.number().nullable().describe('The same since; of a creep, of its latest nights'),
  change: ratio,
  together: z
    .array(sentence)
    .describe('What else changed around that night, such as the digest under the tag'),
});
export type ChangePoint = z.infer<typeof changePoint>;

/** What a metric of a line did from one side of a boundary to the other. Not freed of the common movement. */
export const shift = z.object({
  line: watchedLine,
  metric: metricId,
  before: z.number(),
  after: z.number(),
  nightsBefore: count,
  nightsAfter: count,
  change: ratio,
  interval: z.tuple([ratio, ratio]).nullable().describe('99 %; null: too few nights to tell the noise'),
  moved: z.boolean().nullable().describe('Whether the interval leaves out 0; null: cannot be told'),
});
export type Shift = z.infer<typeof shift>;

/** Between two epochs: what changed, and what moved together with it, which may be due to any of it or to none. */
export const boundary = z.object({
  machine: z.string(),
  before: night,
  after: night,
  changes: z.array(sentence).min(1).describe('Such as "Ollama 0.33.0 → 0.34.1"'),
  shifts: z.array(shift),
});
export type Boundary = z.infer<typeof boundary>;

const gap = {
  machine: z.string(),
  last: night.describe('The last run before'),
  expectedAt: isoTime.describe('When the next one was due'),
  missed: z.int().positive().describe('How many were due'),
  next: night.nullable().describe('The run that ended it; null while it lasts'),
};

export const alarm = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('digest-changed'),
    line: watchedLine,
    before: night,
    after: night,
    from: sha256,
    to: sha256,
    shifts: z.array(shift),
  }),
  z.object({ kind: z.literal('missing-night'), ...gap }),
  z.object({ kind: z.literal('offline'), ...gap }),
]);
export type Alarm = z.infer<typeof alarm>;

/** changes.json: what history says until now. Derived, so rebuilt and never edited. */
export const changes = z.object({
  schemaVersion,
  asOf: isoTime,
  machines: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      last: night.describe('The newest night of the schedule'),
      runs: z.array(runId).min(1).describe('Of that night: one, or one for each shard'),
      everyMs: milliseconds.nullable().describe('How often it runs; null: no rhythm is to be seen'),
    }),
  ),
  series: z.array(watchedSeries),
  changePoints: z.array(changePoint).describe('By the night on which they were suspected'),
  alarms: z.array(alarm),
  boundaries: z.array(boundary),
});
export type Changes = z.infer<typeof changes>;
