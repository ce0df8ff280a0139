import { formatEnergy, formatMs, formatQuantity, formatRate, formatShare } from '../core/render/format.ts';
import { groupUnsupported, listModelNotes } from '../core/render/model-notes.ts';
import { describeShape, hasGoodput } from '../core/render/shape-rows.ts';
import { tellApart } from '../core/render/tell-apart.ts';
import { toPlainLine } from '../core/render/untrusted-text.ts';
import type { Run, Variant } from '../schema/run.ts';
import { alignColumns } from './align-columns.ts';

/** Beyond this a person opens summary.json. */
const mostLines = 5;

/** The run in tables for a terminal: a line per model, what they did under load, and what there is to say against it. */
export function renderTable(run: Run): string {
  const { status, counts, variants, failures, flags } = run;
  const failed = failures.map(({ sample, message }) => `failed: ${sample}: ${message}`);
  return [
    '',
    ...renderModels(variants),
    ...renderLoadShapes(run),
    '',
    `${status}: ${counts.ok} of ${counts.planned} requests ok, ${counts.failed} failed, ${counts.invalid} invalid`,
    ...flags.map(({ code, reason }) => `${code}: ${reason}`),
    ...limit(nameModels(variants).flatMap((name, index) => describeVariant(name, variants[index]))),
    ...limit(failed),
    '',
  ].join('\n');
}

function renderModels(variants: readonly Variant[]): string[] {
  const hasCached = variants.some(({ cachedMetrics }) => cachedMetrics !== null);
  const names = nameModels(variants);
  const hasEnergy = variants.some(({ energy }) => energy.joulesPerOutputToken !== null);
  return alignColumns([
    [
      ...['model', 'TTFT', ...(hasCached ? ['cached'] : []), 'TPOT', 'E2E mean', 'median', 'slowest'],
      ...['decode', 'load', ...(hasEnergy ? ['per token'] : []), 'passed', 'bad JSON'],
    ],
    ...variants.map(({ metrics, cachedMetrics, loadMs, checks, energy }, index) => [
      names[index] ?? '',
      formatMs(metrics.ttftMs.median),
      ...(hasCached ? [formatMs(cachedMetrics?.ttftMs.median)] : []),
      formatMs(metrics.tpotMs.median),
      formatMs(metrics.e2eMs.mean),
      formatMs(metrics.e2eMs.median),
      formatMs(metrics.e2eMs.max),
      formatRate(metrics.decodeTokensPerSecond.median),
      formatMs(loadMs.median),
      ...(hasEnergy ? [formatEnergy(energy)] : []),
      formatShare(checks.answersPassed, checks.answers),
      formatShare(checks.jsonParseFailures, checks.jsonExpected),
    ]),
  ]);
}

/** Two of one name with what tells them apart: `qwen3:8b num_ctx 512`. */
function nameModels(variants: readonly Variant[]): string[] {
  const apart = tellApart(variants);
  return variants.map(({ name }, index) => toPlainLine(`${name} ${apart[index] ?? ''}`, 120));
}

/** Nothing where requests always went one at a time: the models' own lines say it then. */
function renderLoadShapes({ plan, variants }: Run): string[] {
  if (plan.loadShapes.length < 2) return [];
  const goodput = hasGoodput(variants);
  const names = nameModels(variants);
  return [
    '',
    ...alignColumns([
      [
        ...['under load', 'requests', 'answered', 'throughput', 'output', 'TTFT', 'E2E', 'slowest'],
        ...(goodput ? ['goodput'] : []),
      ],
      ...variants.flatMap(({ loadShapes }, index) =>
        loadShapes.map((result) => {
          const row = describeShape(result);
          return [
            ...[names[index] ?? '', row.shape, row.answered, row.requestsPerSecond, row.tokensPerSecond],
            ...[row.ttft, row.e2e, row.slowest, ...(goodput ? [row.goodput] : [])],
          ];
        }),
      ),
    ]),
  ];
}

function describeVariant(name: string, variant: Variant | undefined): string[] {
  if (variant === undefined) return [];
  const { model, invalid, remarks } = listModelNotes(variant);
  return [
    ...[...model, ...invalid, ...remarks].map(({ code, times, reason }) =>
      times === 1 ? `${name}: ${code}: ${reason}` : `${name}: ${times} × ${code}, first: ${reason}`,
    ),
    ...groupUnsupported(variant).map(
      ({ reason, prompts }) => `${formatQuantity(prompts.length, 'prompt')} not asked: ${reason}`,
    ),
  ];
}

function limit(lines: readonly string[]): string[] {
  const shown = lines.slice(0, mostLines).map((line) => toPlainLine(line, 500));
  return lines.length === shown.length
    ? shown
    : [...shown, `… and ${lines.length - shown.length} more in summary.json`];
}
