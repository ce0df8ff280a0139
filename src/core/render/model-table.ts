import type { Table } from 'mdast';
import type { MetricId, Run, Variant } from '../../schema/run.ts';
import {
  formatBytes,
  formatDigest,
  formatEnergy,
  formatMetric,
  formatMs,
  formatPercentile,
  formatRate,
  formatShare,
  missing,
} from './format.ts';
import { code, type Phrase, table } from './markdown.ts';
import { tellApart } from './tell-apart.ts';

type Column = [head: string, cell: (variant: Variant) => Phrase, options?: { beside: true }];

/** `beside`: where there is a comparable run before, what it found stands beside the value. */
const columns: readonly Column[] = [
  ['Model', (variant) => nameModel(variant)],
  ['TTFT median', ({ metrics }) => formatMs(metrics.ttftMs.median), { beside: true }],
  ['Decode median', (variant) => formatOutput(variant), { beside: true }],
  ['E2E median', ({ metrics }) => formatMs(metrics.e2eMs.median), { beside: true }],
  ['E2E mean', ({ metrics }) => formatMs(metrics.e2eMs.mean)],
  ['E2E p95', ({ metrics }) => formatPercentile('e2eMs', metrics.e2eMs.p95, metrics.e2eMs.n)],
  ['Slowest', ({ metrics }) => describeSlowest('e2eMs', metrics)],
  ['Load median', ({ loadMs }) => formatMs(loadMs.median)],
  ['VRAM', (variant) => describeMemory(variant)],
  ['Answers passed', ({ checks }) => formatShare(checks.answersPassed, checks.answers), { beside: true }],
  ['JSON failures', ({ checks }) => describeJson(checks)],
];

const energyColumn: Column = ['Energy per token', ({ energy }) => formatEnergy(energy)];

/** One row for each model; `findBefore` gives what a comparable run found of it before. */
export function renderModelTable(
  variants: readonly Variant[],
  findBefore: (variant: Variant) => Variant | undefined,
): Table {
  // Most machines have no meter: a column of dashes would tell nobody anything.
  const hasEnergy = variants.some(({ energy }) => energy.joulesPerOutputToken !== null);
  const apart = tellApart(variants.map((variant) => ({ ...variant, digest: '' })));
  const shown = hasEnergy ? [...columns, energyColumn] : columns;
  return table(
    shown.map(([head]) => head),
    variants.map((variant, index) => {
      const before = findBefore(variant);
      const [, ...others] = shown.map(([, cell, options]): Phrase => {
        const was = before && options?.beside ? cell(before) : missing;
        return was === missing ? cell(variant) : [cell(variant), ' (was ', was, ')'];
      });
      return [[nameModel(variant), apart[index] ? ` ${apart[index]}` : ''], ...others];
    }),
  );
}

/** The digest is always there; with it, what else tells two of one name apart. */
function nameModel({ name, digest }: Variant): Phrase {
  return [code(name), ' ', code(formatDigest(digest))];
}

/** Tokens per second as the server timed them; where it did not, the client's time for each token. */
function formatOutput({ metrics }: Variant): string {
  const { decodeTokensPerSecond, tpotMs } = metrics;
  if (decodeTokensPerSecond.median !== null) return formatRate(decodeTokensPerSecond.median);
  return tpotMs.median === null ? missing : `${formatMs(tpotMs.median)} per token`;
}

function describeSlowest(metric: MetricId, metrics: Variant['metrics']): Phrase {
  const { slowest } = metrics[metric];
  if (slowest === null) return missing;
  const value = formatMetric(metric, slowest.value);
  return slowest.prompt === null ? value : [value, ' in ', code(slowest.prompt)];
}

/** Less on the GPU than in all means that the model spilled over to the CPU, which explains most slow runs. */
function describeMemory({ vramBytes, memoryBytes }: Variant): string {
  if (vramBytes === null || memoryBytes === null || vramBytes >= memoryBytes) return formatBytes(vramBytes);
  return `${formatBytes(vramBytes)} of ${formatBytes(memoryBytes)}`;
}

function describeJson({
  jsonExpected,
  jsonParseFailures,
  jsonFenced,
}: Run['series'][number]['checks']): string {
  const failures = formatShare(jsonParseFailures, jsonExpected);
  return jsonFenced === 0 ? failures : `${failures}, ${jsonFenced} fenced`;
}
