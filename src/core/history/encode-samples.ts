import { currentSchemaVersion } from '../../schema/documents.ts';
import type { HistorySamples } from '../../schema/history.ts';
import type { Run } from '../../schema/run.ts';
import type { ClientTimings, Sample, ServerTimings } from '../../schema/sample.ts';
import { encodeColumn, encodeTimes } from './columns.ts';

const nanosecondsPerMillisecond = 1e6;

/** Keeps the judged and the timed requests of a run as columns, in the order of the plan. */
export function encodeSamples(run: Run, samples: readonly Sample[]): HistorySamples {
  const indices = new Map(run.series.map(({ variant, prompt }, index) => [`${variant}/${prompt}`, index]));
  const questionOf = ({ variant, prompt }: Sample) => indices.get(`${variant}/${prompt}`);
  const kept = samples
    .filter((it) => (it.phase === 'bare' || it.phase === 'timed') && questionOf(it) !== undefined)
    .sort((a, b) => a.order - b.order);
  const question = kept.map((it) => questionOf(it) ?? 0);
  const column = <T>(read: (sample: Sample) => T) => kept.map(read);
  const times = (read: (sample: Sample) => number | null) =>
    encodeTimes(kept.map(read), question, run.series.length);
  const client = (name: Exclude<keyof ClientTimings, 'chunksMs'>) =>
    times(({ client }) => client?.[name] ?? null);
  const server = (name: 'promptEvalNs' | 'evalNs') =>
    times(({ server }) => {
      const value = server?.[name] ?? null;
      return value === null ? null : value / nanosecondsPerMillisecond;
    });
  const tokens = (name: keyof ServerTimings & `${string}Count`) =>
    column(({ server }) => server?.[name] ?? null);
  return {
    schemaVersion: currentSchemaVersion,
    run: run.id,
    question,
    phase: encodeColumn(column(({ phase }) => phase)),
    kind: encodeColumn(column(({ kind }) => kind)),
    loadShape: encodeColumn(column(({ loadShape }) => loadShape)),
    cacheExpected: encodeColumn(column(({ cacheExpected }) => cacheExpected)),
    status: encodeColumn(column(({ status }) => status)),
    flags: encodeColumn(column(({ flags }) => flags)),
    error: encodeColumn(column(({ error }) => error)),
    checks: encodeColumn(column(({ checks }) => checks.map(({ reason, ...check }) => check))),
    doneReason: encodeColumn(column(({ server }) => server?.doneReason ?? null)),
    block: column(({ block }) => block),
    round: column(({ round }) => round),
    repeat: column(({ repeat }) => repeat),
    order: kept.map(({ order }, entry) => order - (kept[entry - 1]?.order ?? 0)),
    promptTokens: tokens('promptEvalCount'),
    cachedTokens: tokens('promptEvalCachedCount'),
    outputTokens: tokens('evalCount'),
    lagMs: times(({ scheduledMs, sentMs }) =>
      scheduledMs === null || sentMs === null ? null : Math.max(sentMs - scheduledMs, 0),
    ),
    ttftMs: client('ttftMs'),
    ttfaMs: client('ttfaMs'),
    tpotMs: client('tpotMs'),
    e2eMs: client('e2eMs'),
    promptEvalMs: server('promptEvalNs'),
    evalMs: server('evalNs'),
  };
}
