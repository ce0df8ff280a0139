import type { RootContent } from 'mdast';
import type { Calibration } from '../../schema/calibration.ts';
import type { Run } from '../../schema/run.ts';
import type { Sample } from '../../schema/sample.ts';
import { formatBytes, formatCount, formatDigest, formatMs, formatQuantity, formatTime } from './format.ts';
import { renderCacheGain, renderLoadShapes } from './load-tables.ts';
import { code, heading, type Phrase, paragraph, renderMarkdown } from './markdown.ts';
import { renderModelTable } from './model-table.ts';
import { findDifferences, findVariantBefore } from './previous-run.ts';
import { renderFailedChecks, renderProblems } from './run-problems.ts';

/** GitHub drops the whole summary of a step that has more than this. */
export const maxSummaryBytes = 1024 * 1024;
const encoder = new TextEncoder();
/** More models than anybody reads in a table; with it the summary without its details is far below the limit. */
const mostModels = 100;

export interface SummaryOptions {
  /** The run's samples, which hold the reasons of failed checks. */
  samples?: readonly Sample[];
  maxBytes?: number;
}

/**
 * A run as GitHub-flavoured Markdown that a reviewer reads in a minute: a headline, a row for each model, what went
 * wrong and why, and what it ran on. With a run before, values are set side by side where the two are comparable.
 * Where it would be too long, folded blocks are left out from the last on, and it says so.
 */
export function renderRunSummary(run: Run, previous?: Run, options: SummaryOptions = {}): string {
  const { samples = [], maxBytes = maxSummaryBytes } = options;
  const variants = run.variants.slice(0, mostModels);
  const differences = previous ? findDifferences(run, previous) : [];
  const comparable = previous !== undefined && differences.length === 0;
  const head = renderMarkdown([
    heading(2, describeOutcome(run)),
    renderModelTable(variants, (variant) => (comparable ? findVariantBefore(variant, previous) : undefined)),
    ...(variants.length < run.variants.length
      ? [
          paragraph(
            `${formatQuantity(run.variants.length - variants.length, 'more model')}: see summary.json.`,
          ),
        ]
      : []),
    ...(previous ? [paragraph(describePrevious(run, previous, differences))] : []),
    ...renderLoadShapes(run, variants),
    ...renderCacheGain(run, variants),
    ...renderProblems(run),
  ]);
  const blocks = variants
    .map((variant) => renderFailedChecks(run, variant, samples))
    .filter(isNotEmpty)
    .map(renderMarkdown);
  const foot = renderMarkdown([paragraph(describeEnvironment(run))]);
  return joinWithin(maxBytes, head, blocks, foot);
}

function describeOutcome({ status, variants, counts }: Run): string {
  const done = counts.ok + counts.failed + counts.invalid;
  const requests = formatQuantity(counts.planned, 'request');
  const parts = [
    formatQuantity(variants.length, 'model'),
    done === counts.planned ? requests : `${formatCount(done)} of ${requests}`,
    counts.failed === 0 ? 'none failed' : `${formatCount(counts.failed)} failed`,
    ...(counts.invalid === 0 ? [] : [`${formatCount(counts.invalid)} invalid`]),
  ];
  return `Herdmark: ${status} – ${parts.join(', ')}`;
}

function describePrevious(run: Run, previous: Run, differences: readonly string[]): Phrase {
  const before: Phrase = ['the run of ', formatTime(previous.startedAt), ' (', code(previous.id), ')'];
  if (differences.length > 0) return ['Not comparable with ', before, ': ', differences.join('; '), '.'];
  const changed = run.variants.flatMap((variant): Phrase[] => {
    const then = findVariantBefore(variant, previous);
    if (!then || then.digest === variant.digest) return [];
    return [[' ', code(variant.name), ' was another model then: ', code(formatDigest(then.digest)), '.']];
  });
  return [
    'In brackets: ',
    before,
    '. Whether a difference is more than noise is for a comparison to say.',
    changed,
  ];
}

function describeEnvironment({ environment, promptSet, plan, machine, calibration }: Run): Phrase {
  const { gpus, cpu, memoryBytes, server, virtual } = environment;
  const parts: Phrase[] = [
    gpus === null ? 'GPU unknown' : gpus.length === 0 ? 'no GPU' : gpus.map(describeGpu).join(', '),
    `${cpu.model} (${formatQuantity(cpu.physicalCores, 'core')}), ${formatBytes(memoryBytes)}${virtual ? ', virtual' : ''}`,
    `Ollama ${server.version}`,
    [
      'prompt set ',
      code(`${promptSet.id}@${promptSet.version}`),
      ' (',
      code(formatDigest(promptSet.hash)),
      ')',
    ],
    `${formatQuantity(plan.loads, 'load')} × ${formatQuantity(plan.rounds, 'round')}`,
    ...(plan.cache === 'allow' ? ['prompt cache allowed'] : []),
    ...(calibration === null ? [] : [describeClientError(calibration)]),
    ['machine ', code(machine.id)],
  ];
  return parts.flatMap((part, index) => (index === 0 ? [part] : [' · ', part]));
}

function describeGpu({ model, vramBytes, driver }: NonNullable<Run['environment']['gpus']>[number]): string {
  const facts = [
    ...(vramBytes === null ? [] : [formatBytes(vramBytes)]),
    ...(driver === null ? [] : [`driver ${driver}`]),
  ];
  return facts.length === 0 ? model : `${model} (${facts.join(', ')})`;
}

function describeClientError({ ttftErrorMs: { herdmark, raw } }: Calibration): string {
  return `client error of TTFT ${formatMs(herdmark.p50)} median, ${formatMs(herdmark.p99)} p99 (a bare socket: ${formatMs(raw.p50)}, ${formatMs(raw.p99)})`;
}

/** The blocks that fit between head and foot, from the first on, and a note on those that do not. */
function joinWithin(maxBytes: number, head: string, blocks: readonly string[], foot: string): string {
  const describeRest = (count: number) =>
    renderMarkdown([paragraph(`Left out as too long: failed checks of ${formatQuantity(count, 'model')}.`)]);
  let bytes = countBytes([head, ...blocks, foot]);
  let kept = blocks.length;
  while (
    kept > 0 &&
    bytes + (kept < blocks.length ? countBytes([describeRest(blocks.length - kept)]) : 0) > maxBytes
  ) {
    kept--;
    bytes -= countBytes([blocks[kept] ?? '']);
  }
  const rest = kept < blocks.length ? [describeRest(blocks.length - kept)] : [];
  return [head, ...blocks.slice(0, kept), ...rest, foot].join('\n');
}

/** Of Markdown blocks in UTF-8, each with the line end that parts it from the next. */
function countBytes(blocks: readonly string[]): number {
  return blocks.reduce((sum, block) => sum + encoder.encode(block).length + 1, 0);
}

function isNotEmpty(nodes: readonly RootContent[]): boolean {
  return nodes.length > 0;
}
