import { currentSchemaVersion } from '../../schema/documents.ts';
import type { ContentId, HistoryRun, KeptAnswer, MetricColumns, Questions } from '../../schema/history.ts';
import type { SavedOutput } from '../../schema/output.ts';
import { type Distribution, type Metrics, metricId, type Run, type Series } from '../../schema/run.ts';
import { decodeOffset } from './columns.ts';
import { requireRunColumns } from './require-columns.ts';

/**
 * The run again. Of the figures by prompt the history keeps number, median, interval and worst case; the others are null,
 * and follow from the samples where those are kept.
 * @throws {RangeError} where the columns are not of these questions.
 */
export function decodeRun(kept: HistoryRun, { questions }: Questions): Run {
  requireRunColumns(kept, questions.length);
  const { run, series } = kept;
  return {
    schemaVersion: currentSchemaVersion,
    ...run,
    series: questions.map((question, index) => ({
      ...question,
      counts: readEntry(series.counts, index),
      checks: readEntry(series.checks, index),
      distinctAnswers: series.distinctAnswers[index] ?? 0,
      metrics: Object.fromEntries(
        metricId.options.map((metric) => [
          metric,
          decodeDistribution(series.metrics[metric], question, index),
        ]),
      ) as Metrics,
    })),
  };
}

/** One entry of a group of columns of counts. */
function readEntry<Name extends string>(
  columns: Record<Name, readonly number[]>,
  index: number,
): Record<Name, number> {
  const entries = Object.entries<readonly number[]>(columns).map(([name, column]) => [
    name,
    column[index] ?? 0,
  ]);
  return Object.fromEntries(entries) as Record<Name, number>;
}

function decodeDistribution(
  columns: MetricColumns | undefined,
  { prompt }: Pick<Series, 'prompt'>,
  index: number,
): Distribution {
  const median = columns?.median[index] ?? null;
  const at = (column: readonly (number | null)[] | undefined) => {
    const offset = column?.[index] ?? null;
    return median === null || offset === null ? null : decodeOffset(offset, median);
  };
  const [low, high, slowest] = [at(columns?.low), at(columns?.high), at(columns?.slowest)];
  return {
    n: columns?.n[index] ?? 0,
    ...{ mean: null, median },
    medianInterval: low === null || high === null ? null : [low, high],
    ...{ min: null, max: null, p90: null, p95: null, p99: null },
    slowest: slowest === null ? null : { sample: '', prompt, value: slowest },
  };
}

/**
 * The saved answers of a run again.
 * @param read The kept answer of a name; a question with one that is not there is left out.
 */
export function decodeOutputs(
  { run, answers, series }: HistoryRun,
  { questions }: Questions,
  read: (id: ContentId) => KeptAnswer | null,
): SavedOutput[] {
  return questions.flatMap(({ variant, prompt, requestHash, checksHash }, index): SavedOutput[] => {
    const given = series.answers[index] ?? [];
    const of = run.variants.find(({ key }) => key === variant);
    const found = given.flatMap(([block, at]) => {
      const id = answers[at];
      const kept = id === undefined ? null : read(id);
      if (kept === null) return [];
      const { schemaVersion, ...answer } = kept;
      return { ...answer, block };
    });
    if (of === undefined || found.length === 0 || found.length < given.length) return [];
    return [
      {
        schemaVersion: currentSchemaVersion,
        ...{ variant, model: of.name, digest: of.digest, prompt, requestHash, checksHash },
        answers: found,
      },
    ];
  });
}
