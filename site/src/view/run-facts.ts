import { nameLoadShape } from '../../../src/core/load-shape.ts';
import { metricDefinitions, metricIds } from '../../../src/core/metrics.ts';
import { formatBytes, formatDigest, formatMs, formatQuantity } from '../../../src/core/render/format.ts';
import type { CacheMode, Objectives } from '../../../src/schema/config.ts';
import type { Environment, Run } from '../../../src/schema/run.ts';
import type { Fact } from './variant-facts.ts';

/** Where a run was measured, for people. */
export function describeEnvironment({ machine, environment }: Pick<Run, 'machine' | 'environment'>): Fact[] {
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
export function describeSource({ plan, promptSet, source, objectives, campaign, shard }: Run): Fact[] {
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
  const stated = metricIds.flatMap((id) => {
    const most = id in objectives ? objectives[id as keyof Objectives] : undefined;
    return most === undefined ? [] : [`${metricDefinitions[id].name} up to ${formatMs(most)}`];
  });
  return [
    [
      'Prompt set',
      `${promptSet.title} (${promptSet.id} v${promptSet.version}, ${formatDigest(promptSet.hash)})`,
    ],
    [
      'Plan',
      `${formatQuantity(plan.loads, 'load')} × ${formatQuantity(plan.rounds, 'round')}, ${formatQuantity(plan.requests, 'request')}`,
    ],
    ['Warm-up', describeWarmup(plan)],
    ['Prompt cache', cacheModes[plan.cache]],
    ['Requests', plan.loadShapes.map(nameLoadShape).join('; ')],
    ...(stated.length === 0 ? [] : [['Objectives', stated.join(', ')] as const]),
    ...optional.flatMap(([name, value]): Fact[] =>
      value === null || value === undefined ? [] : [[name, String(value)]],
    ),
  ];
}

const cacheModes: Readonly<Record<CacheMode, string>> = {
  defeat: 'defeated: timed prompts begin with a nonce, and a cached one does not count',
  allow: 'allowed: prompts as written, cached or not',
  measure: 'measured: each prompt is sent twice, to miss it and to hit it',
};

function describeWarmup({ warmup, warmupMax }: Run['plan']): string {
  return warmup === warmupMax
    ? `${formatQuantity(warmup, 'request')} after each load, not measured`
    : `${warmup} to ${warmupMax} requests after each load, until the model gets no faster; not measured`;
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
