import { formatMs, formatRate, formatShare } from '../core/render/format.ts';
import type { Run } from '../schema/run.ts';

/** The run in a table for a terminal: a line per model. */
export function renderTable({ status, counts, variants, failures }: Run): string {
  const head = [
    'model',
    'TTFT',
    'TPOT',
    'E2E mean',
    'median',
    'slowest',
    'decode',
    'load',
    'passed',
    'bad JSON',
  ];
  const rows = variants.map(({ name, metrics, loadMs, checks }) => [
    name,
    formatMs(metrics.ttftMs.median),
    formatMs(metrics.tpotMs.median),
    formatMs(metrics.e2eMs.mean),
    formatMs(metrics.e2eMs.median),
    formatMs(metrics.e2eMs.max),
    formatRate(metrics.decodeTokensPerSecond.median),
    formatMs(loadMs.median),
    formatShare(checks.answersPassed, checks.answers),
    formatShare(checks.jsonParseFailures, checks.jsonExpected),
  ]);
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: string[]) =>
    cells
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ');
  const failed = failures.slice(0, 5).map(({ sample, message }) => `failed: ${sample}: ${message}`);
  return [
    '',
    ...[head, ...rows].map(line),
    '',
    `${status}: ${counts.ok} of ${counts.planned} requests ok, ${counts.failed} failed, ${counts.invalid} invalid`,
    ...failed,
    ...(failures.length > failed.length
      ? [`… and ${failures.length - failed.length} more in summary.json`]
      : []),
    '',
  ].join('\n');
}
