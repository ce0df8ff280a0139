import type { HistoryRun, HistorySamples, Questions } from '../../schema/history.ts';
import type { Sample } from '../../schema/sample.ts';
import { keyOfLoadShape } from '../load-shape.ts';
import { decodeColumn, decodeTime, type TimesColumn } from './columns.ts';
import { requireSampleColumns } from './require-columns.ts';

const nanosecondsPerMillisecond = 1e6;
const elsewhere = 'The reason is kept with the answer.';

/**
 * The judged and timed requests of a run again, in the order of the plan. What the history does not keep is null; times
 * are within 0.05 % of what was measured. An answer is named by the content of what was kept of it.
 * @throws {RangeError} where the columns are not of these questions.
 */
export function decodeSamples(
  kept: HistorySamples,
  { answers, series }: Pick<HistoryRun, 'answers' | 'series'>,
  { questions }: Questions,
): Sample[] {
  requireSampleColumns(kept, questions.length);
  let order = 0;
  return kept.question.map((at, entry): Sample => {
    const question = questions[at];
    if (question === undefined) throw new RangeError(`Run ${kept.run} has no question ${at}.`);
    const { variant, prompt } = question;
    const time = (column: TimesColumn) => decodeTime(column, entry, at);
    const nanoseconds = (column: TimesColumn) => {
      const ms = time(column);
      return ms === null ? null : Math.round(ms * nanosecondsPerMillisecond);
    };
    const phase = decodeColumn(kept.phase, entry);
    const loadShape = decodeColumn(kept.loadShape, entry);
    const [block, round, repeat] = [
      kept.block[entry] ?? 0,
      kept.round[entry] ?? null,
      kept.repeat[entry] ?? 0,
    ];
    const lagMs = time(kept.lagMs);
    order += kept.order[entry] ?? 0;
    const e2eMs = time(kept.e2eMs);
    const error = decodeColumn(kept.error, entry);
    const given = phase === 'bare' ? series.answers[at]?.find(([load]) => load === block) : undefined;
    const output = given === undefined ? undefined : answers[given[1]];
    return {
      id: [variant, `load${block}`, phase, keyOfLoadShape(loadShape) || null, round, prompt, repeat]
        .filter((part) => part !== null)
        .join('/'),
      ...{ variant, prompt, phase, kind: decodeColumn(kept.kind, entry), block, round, repeat },
      ...{
        order,
        loadShape,
        cacheExpected: decodeColumn(kept.cacheExpected, entry),
      },
      // When it was due is not kept, how late it left is.
      scheduledMs: lagMs === null ? null : 0,
      sentMs: lagMs,
      status: decodeColumn(kept.status, entry),
      flags: decodeColumn(kept.flags, entry),
      error,
      client:
        e2eMs === null
          ? null
          : {
              ...{ headersMs: null, firstByteMs: null, ttftMs: time(kept.ttftMs), ttfaMs: time(kept.ttfaMs) },
              ...{ tpotMs: time(kept.tpotMs), e2eMs, chunksMs: [] },
            },
      server:
        e2eMs === null || error !== null
          ? null
          : {
              ...{ totalNs: null, loadNs: null },
              ...{ promptEvalNs: nanoseconds(kept.promptEvalMs), evalNs: nanoseconds(kept.evalMs) },
              promptEvalCount: kept.promptTokens[entry] ?? null,
              promptEvalCachedCount: kept.cachedTokens[entry] ?? null,
              evalCount: kept.outputTokens[entry] ?? null,
              doneReason: decodeColumn(kept.doneReason, entry),
            },
      loadedFrom: null,
      checks: decodeColumn(kept.checks, entry).map((check) => ({ ...check, reason: elsewhere })),
      output: output === undefined ? null : `sha256:${output}${output}`,
      requestHash: null,
      checksHash: question.checksHash,
    };
  });
}
