import { roundDigits } from '../../core/history/columns.ts';
import { keyOfLoadShape } from '../../core/load-shape.ts';
import type { HistoryRun } from '../../schema/history.ts';
import type { MetricId, Run, Series, Variant } from '../../schema/run.ts';
import type { Sample } from '../../schema/sample.ts';

/** null: unknown, or not applicable. A time is an ISO 8601 time in UTC. */
export type Cell = string | number | null;

export interface Column<Row> {
  name: string;
  type: 'text' | 'whole' | 'number' | 'time';
  about: string;
  read(row: Row): Cell;
}

export interface SeriesRow {
  run: Run;
  variant: Variant | undefined;
  series: Series;
  metric: MetricId;
}

export interface SampleRow {
  run: Run;
  variant: Variant | undefined;
  sample: Sample;
}

type Describe<Row> = (name: string, about: string, read: (row: Row) => Cell | undefined) => Column<Row>;

function describe<Row>(type: Column<Row>['type']): Describe<Row> {
  return (name, about, read) => ({ name, type, about, read: (row) => read(row) ?? null });
}

/** What describes a column of each type. */
export function columnsOf<Row>(): Record<Column<Row>['type'], Describe<Row>> {
  return {
    text: describe<Row>('text'),
    whole: describe<Row>('whole'),
    number: describe<Row>('number'),
    time: describe<Row>('time'),
  };
}

const of = { run: columnsOf<HistoryRun>(), series: columnsOf<SeriesRow>(), sample: columnsOf<SampleRow>() };

/** One row a run. */
export const runColumns: Column<HistoryRun>[] = [
  of.run.text('run', 'Id of the run', ({ run }) => run.id),
  of.run.time('started_at', 'When it started, UTC', ({ run }) => run.startedAt),
  of.run.time('finished_at', 'When it ended, UTC', ({ run }) => run.finishedAt),
  of.run.text('status', 'complete, partial or cancelled', ({ run }) => run.status),
  of.run.text('machine', 'Id of the machine', ({ run }) => run.machine.id),
  of.run.text('machine_label', 'CPU or GPU model', ({ run }) => run.machine.label),
  of.run.text('shard', 'Which part of the night it measured', ({ run }) => run.shard),
  of.run.text('repository', 'Whose workflow measured it', ({ run }) => run.source.repository),
  of.run.text('workflow_run', 'Id of the workflow run', ({ run }) => run.campaign?.workflowRun),
  of.run.whole('attempt', 'Of the workflow run', ({ run }) => run.campaign?.attempt),
  of.run.text('event', 'What started the workflow', ({ run }) => run.source.event),
  of.run.text('ref', 'The branch', ({ run }) => run.source.ref),
  of.run.text('sha', 'The commit', ({ run }) => run.source.sha),
  of.run.text('prompt_set', 'Id of the prompt set', ({ run }) => run.promptSet.id),
  of.run.whole('prompt_set_version', 'Its version', ({ run }) => run.promptSet.version),
  of.run.text('ollama', 'Version of the server', ({ run }) => run.environment.server.version),
  of.run.text('herdmark', 'Version of Herdmark', ({ run }) => run.environment.herdmark.version),
  of.run.text('cpu', 'Model of the CPU', ({ run }) => run.environment.cpu.model),
  of.run.text('gpus', 'Models of the GPUs, or none', ({ run }) =>
    list(run.environment.gpus?.map(({ model }) => model)),
  ),
  of.run.text('drivers', 'Their drivers', ({ run }) =>
    list(run.environment.gpus?.map(({ driver }) => driver ?? 'unknown')),
  ),
  of.run.whole('models', 'How many models were measured', ({ run }) => run.variants.length),
  of.run.whole('requests_ok', 'Requests that count', ({ run }) => run.counts.ok),
  of.run.whole('requests_failed', 'Requests without an answer', ({ run }) => run.counts.failed),
  of.run.whole('requests_invalid', 'Requests kept out of the figures', ({ run }) => run.counts.invalid),
  of.run.text('flags', 'Codes of what was not as it should be', ({ run }) => listCodes(run.flags)),
];

/** One row a run, model, prompt and metric, where there is a reading. */
export const seriesColumns: Column<SeriesRow>[] = [
  of.series.text('run', 'Id of the run', ({ run }) => run.id),
  of.series.time('started_at', 'When the run started, UTC', ({ run }) => run.startedAt),
  of.series.text('machine', 'Id of the machine', ({ run }) => run.machine.id),
  of.series.text('model', 'Tag of the model', ({ variant }) => variant?.name),
  of.series.text('digest', 'Identity of the model', ({ variant }) => variant?.digest),
  of.series.text('variant', 'Key of the model with its options', ({ series }) => series.variant),
  of.series.text('prompt', 'Id of the prompt', ({ series }) => series.prompt),
  of.series.text('metric', 'Id of the metric; those in Ms are milliseconds', ({ metric }) => metric),
  of.series.whole('n', 'Readings', ({ series, metric }) => series.metrics[metric].n),
  of.series.number('median', 'Their median', ({ series, metric }) => series.metrics[metric].median),
  of.series.number('low', 'Lower end of the 95 % interval of the median', ({ series, metric }) =>
    roundFigure(series.metrics[metric].medianInterval?.at(0)),
  ),
  of.series.number('high', 'Upper end', ({ series, metric }) =>
    roundFigure(series.metrics[metric].medianInterval?.at(1)),
  ),
  of.series.number('slowest', 'The worst case', ({ series, metric }) =>
    roundFigure(series.metrics[metric].slowest?.value),
  ),
];

/** One row a judged or timed request, where the samples are kept. Times are within 0.05 %. */
export const sampleColumns: Column<SampleRow>[] = [
  of.sample.text('run', 'Id of the run', ({ run }) => run.id),
  of.sample.text('machine', 'Id of the machine', ({ run }) => run.machine.id),
  of.sample.text('model', 'Tag of the model', ({ variant }) => variant?.name),
  of.sample.text('digest', 'Identity of the model', ({ variant }) => variant?.digest),
  of.sample.text('variant', 'Key of the model with its options', ({ sample }) => sample.variant),
  of.sample.text('prompt', 'Id of the prompt', ({ sample }) => sample.prompt),
  of.sample.text('phase', 'bare: judged; timed: measured', ({ sample }) => sample.phase),
  of.sample.text('kind', 'generate, chat or embed', ({ sample }) => sample.kind),
  of.sample.text('load_shape', 'How requests arrived; empty: one at a time', ({ sample }) =>
    keyOfLoadShape(sample.loadShape),
  ),
  of.sample.whole('load', 'Which load of the model, from 0', ({ sample }) => sample.block),
  of.sample.whole('round', 'Which timed round, from 0', ({ sample }) => sample.round),
  of.sample.whole('repeat', 'Which repetition in it, from 0', ({ sample }) => sample.repeat),
  of.sample.whole('position', 'Position in the plan', ({ sample }) => sample.order),
  of.sample.text('cache_expected', 'miss, hit or any', ({ sample }) => sample.cacheExpected),
  of.sample.text('status', 'ok, failed or invalid', ({ sample }) => sample.status),
  of.sample.text('flags', 'Codes of what was not as it should be', ({ sample }) => listCodes(sample.flags)),
  of.sample.text('error', 'Code of the failure', ({ sample }) => sample.error?.code),
  of.sample.whole('checks', 'Checks of the answer', ({ sample }) => sample.checks.length),
  of.sample.whole(
    'checks_passed',
    'Those that it passed',
    ({ sample }) => sample.checks.filter(({ pass }) => pass).length,
  ),
  of.sample.text('done_reason', 'Why the answer ended', ({ sample }) => sample.server?.doneReason),
  of.sample.whole('prompt_tokens', 'Cached ones included', ({ sample }) => sample.server?.promptEvalCount),
  of.sample.whole(
    'cached_tokens',
    'Of them, from the cache',
    ({ sample }) => sample.server?.promptEvalCachedCount,
  ),
  of.sample.whole('output_tokens', 'Thinking included', ({ sample }) => sample.server?.evalCount),
  of.sample.number('lag_ms', 'How late a request of an open loop left', ({ sample }) =>
    sample.scheduledMs === null || sample.sentMs === null
      ? null
      : roundTime(sample.sentMs - sample.scheduledMs),
  ),
  of.sample.number('ttft_ms', 'To the first token', ({ sample }) => roundTime(sample.client?.ttftMs)),
  of.sample.number('ttfa_ms', 'To the first token of the answer', ({ sample }) =>
    roundTime(sample.client?.ttfaMs),
  ),
  of.sample.number('tpot_ms', 'Between tokens', ({ sample }) => roundTime(sample.client?.tpotMs)),
  of.sample.number('e2e_ms', 'To the last token', ({ sample }) => roundTime(sample.client?.e2eMs)),
  of.sample.number('prompt_eval_ms', 'The server over the prompt', ({ sample }) =>
    nanosToMs(sample.server?.promptEvalNs),
  ),
  of.sample.number('eval_ms', 'The server over the answer', ({ sample }) => nanosToMs(sample.server?.evalNs)),
];

function nanosToMs(nanoseconds: number | null | undefined): number | null {
  return typeof nanoseconds === 'number' ? roundTime(nanoseconds / 1e6) : null;
}

/** Kept within 0.05 %: more digits would pretend to more. */
function roundTime(ms: number | null | undefined): number | null {
  return typeof ms === 'number' ? Number(ms.toPrecision(5)) : null;
}

/** Kept to four digits: what decoding adds to them is nothing that was measured. */
function roundFigure(value: number | undefined): number | null {
  return value === undefined ? null : roundDigits(value);
}

function list(texts: readonly string[] | undefined): string | null {
  if (texts === undefined) return null;
  return texts.length === 0 ? 'none' : texts.join(', ');
}

export function listCodes(flags: readonly { code: string }[]): string | null {
  return flags.length === 0 ? null : flags.map(({ code }) => code).join(' ');
}
