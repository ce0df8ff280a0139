import {
  formatBytes,
  formatCount,
  formatDigest,
  formatMetric,
  formatMs,
  formatQuantity,
  formatRate,
  formatShare,
  missing,
} from '../../../src/core/render/format.ts';
import type { Environment, Run, Variant } from '../../../src/schema/run.ts';
import { describeOptions } from './lines.ts';

export type Fact = readonly [name: string, value: string];

/** What a run found of a model, from what it is to what it takes and what it answers. */
export function describeVariant({ metrics, loadMs, checks, ...it }: Variant): Fact[] {
  const { slowest } = metrics.e2eMs;
  const inPrompt = slowest?.prompt ? ` in ${slowest.prompt}` : '';
  return [
    ['Digest', formatDigest(it.digest)],
    ['Size', [it.parameterSize, it.quantization].filter((word) => word !== null).join(', ') || missing],
    ['Options', describeOptions(it) || 'default'],
    ['Context', it.contextLength === null ? missing : formatQuantity(it.contextLength, 'token')],
    ['TTFT, median', formatMs(metrics.ttftMs.median)],
    ['Prefill, median', formatRate(metrics.prefillTokensPerSecond.median)],
    ['Decode, median', formatRate(metrics.decodeTokensPerSecond.median)],
    ['E2E, median', formatMs(metrics.e2eMs.median)],
    ['E2E, mean', formatMs(metrics.e2eMs.mean)],
    ['E2E, slowest', formatMetric('e2eMs', slowest?.value) + inPrompt],
    ['Load, median', formatMs(loadMs.median)],
    ['Load, slowest', formatMs(loadMs.max)],
    ['Memory', formatBytes(it.memoryBytes)],
    ['of it on the GPU', formatBytes(it.vramBytes)],
    ['Answers passed', formatShare(checks.answersPassed, checks.answers)],
    ['JSON that did not parse', formatShare(checks.jsonParseFailures, checks.jsonExpected)],
    ['Requests', `${formatCount(it.counts.ok)} of ${formatCount(it.counts.planned)} ok`],
  ];
}

/** Where a run was measured, for people. */
export function describeEnvironment({ machine, environment }: Run): Fact[] {
  const { os, cpu, memoryBytes, virtual, gpus, server, runner, herdmark } = environment;
  return [
    ['Machine', `${machine.label} (${machine.id})`],
    ['GPU', describeGpus(gpus)],
    ['CPU', `${cpu.model}, ${cpu.physicalCores} cores, ${cpu.logicalCores} threads`],
    ['Memory', formatBytes(memoryBytes)],
    ['System', `${os.distro} ${os.release}, ${os.platform} ${os.arch}${virtual ? ', virtual machine' : ''}`],
    ['Ollama', server.version],
    ...Object.entries(server.settings).map(([name, value]): Fact => [name, `${value} (as declared)`]),
    ...(runner ? [describeRunner(runner)] : []),
    ['Herdmark', `${herdmark.version} on Node ${herdmark.node}`],
  ];
}

/** What was asked, how often, and from where. */
export function describeSource({ plan, promptSet, source, calibration, campaign, shard }: Run): Fact[] {
  const { loadShape } = plan;
  const shape =
    loadShape.kind === 'closed'
      ? `${loadShape.concurrency} at a time, the next when one is answered`
      : `${loadShape.requestsPerSecond} a second`;
  const optional: (readonly [string, string | number | null | undefined])[] = [
    ['Repository', source.repository],
    ['Event', source.event],
    ['Workflow', source.workflowPath],
    ['Ref', source.ref],
    ['Commit', source.sha],
    ['Pull request', source.pullRequest],
    ['Workflow run', campaign && `${campaign.workflowRun}, attempt ${campaign.attempt}`],
    ['Shard', shard],
  ];
  return [
    [
      'Prompt set',
      `${promptSet.title} (${promptSet.id} v${promptSet.version}, ${formatDigest(promptSet.hash)})`,
    ],
    [
      'Plan',
      `${formatQuantity(plan.loads, 'load')} × ${formatQuantity(plan.rounds, 'round')}, ${formatQuantity(plan.requests, 'request')}`,
    ],
    ['Warm-up', `${plan.warmup} after each load, not measured`],
    ['Requests', shape],
    ['Client error', calibration ? `TTFT ${formatMs(calibration.ttftErrorMsP50)} median` : 'not measured'],
    ...optional.flatMap(([name, value]): Fact[] =>
      value === null || value === undefined ? [] : [[name, String(value)]],
    ),
  ];
}

function describeGpus(gpus: Environment['gpus']): string {
  if (gpus === null) return 'could not be found out';
  if (gpus.length === 0) return 'none';
  return gpus
    .map(({ vendor, model, vramBytes, driver }) =>
      [
        model.startsWith(vendor) ? model : `${vendor} ${model}`,
        ...(vramBytes === null ? [] : [formatBytes(vramBytes)]),
        ...(driver === null ? [] : [`driver ${driver}`]),
      ].join(', '),
    )
    .join(' + ');
}

function describeRunner({ name, environment, labels }: NonNullable<Environment['runner']>): Fact {
  return ['Runner', [name, environment, ...labels].filter((it) => it !== null).join(', ')];
}
