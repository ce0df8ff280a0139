import { raise } from '../core/flags.ts';
import { formatBytes } from '../core/render/format.ts';
import { findIdleFlags } from '../core/telemetry.ts';
import { type SampleJudge, startJudging } from '../core/validity.ts';
import type { OllamaClient } from '../ollama/client.ts';
import type { PlannedRequest } from '../schema/plan.ts';
import type { Flag } from '../schema/sample.ts';
import type { Budget } from './budget.ts';
import type { PlanToExecute } from './execute-plan.ts';
import { isCutOff, type Recorder, whyStop } from './execution.ts';
import { measureRounds } from './measure-rounds.ts';
import {
  findLoaded,
  type LoadedModel,
  type LoadPorts,
  loadModel,
  type ModelClient,
  unloadModel,
} from './model-lifetime.ts';
import { type OthersPorts, type Patience, type Surroundings, waitForQuiet } from './other-clients.ts';
import { type AskingClient, failedSample, type Variant } from './take-sample.ts';
import { warmUp } from './warm-up-model.ts';

/** A model that is loaded for a block. */
export interface Member {
  load: PlannedRequest;
  variant: Variant;
  /** Whether it is only asked to embed. */
  embeds: boolean;
}

/** One load of a model, or of two that are compared, and everything that is asked of them then. */
export interface Block {
  members: readonly Member[];
  requests: readonly PlannedRequest[];
}

export interface BlockPorts extends LoadPorts, OthersPorts {
  client: ModelClient & AskingClient & Pick<OllamaClient, 'version'>;
  /** What the machine says against a span of the run, in milliseconds since it began: heat, power. */
  findHostFlags(fromMs: number, toMs: number): { sample: Flag[]; model: Flag[] };
}

/** The run that a block is a part of. */
export interface BlockContext extends PlanToExecute {
  /** Digests of the models that this run loaded, and has not unloaded. */
  ours: Set<string>;
  budget: Budget;
  patience: Patience;
  recorder: Recorder;
}

/** A model that is in memory. */
export interface LoadedMember extends Member {
  model: LoadedModel;
  judge: SampleJudge;
}

/** A block whose models are in memory. */
export interface LoadedBlock extends BlockContext {
  block: Block;
  /** By the key of the variant. */
  members: ReadonlyMap<string, LoadedMember>;
}

/**
 * One load: look around, load, warm up, the bare round, the timed rounds, unload. Of a block that was begun before the
 * run was killed only the rest is done.
 */
export async function runBlock(block: Block, context: BlockContext, ports: BlockPorts): Promise<void> {
  const { recorder, budget } = context;
  const loads = block.members.map(({ load }) => load);
  const pending = block.requests.filter((it) => it.phase !== 'warmup' && !recorder.isDone(it));
  if (loads.every(recorder.isDone) && pending.length === 0) return;
  if (!budget.mayBegin('load')) return recorder.stop('out-of-time');

  const members = new Map<string, LoadedMember>();
  const fresh: LoadedMember[] = [];
  const loaded: LoadedBlock = { ...context, block, members };
  try {
    for (const member of block.members) {
      const begun = await findBegunLoad(member, context, ports);
      const model = begun ?? (await loadFreshly(member, context, ports));
      // Without one of the models none of the block can be measured.
      if (model === null) return recorder.drop([...loads, ...block.requests]);
      const { key } = member.variant;
      recorder.execution.models.set(key, model);
      recorder.flagVariant(key, describeFit(member.variant, model));
      const now = { ...member, model, judge: startJudging(model.contextLength) };
      members.set(key, now);
      if (begun === null) fresh.push(now);
      else replay(now, context);
    }
    for (const member of fresh) await warmUp(member, loaded, ports);
    await measureRounds(pending, loaded, ports);
  } finally {
    if (recorder.execution.stopped !== 'server-lost') {
      for (const { variant } of members.values()) await release(variant, context, ports);
    }
  }
}

/** Unloads a model of ours. What could not be unloaded stays ours, and is unloaded before it is loaded again. */
async function release(variant: Variant, { ours, recorder }: BlockContext, ports: BlockPorts): Promise<void> {
  if (!(await unloadModel(variant.name, ports))) return;
  ours.delete(variant.digest);
  recorder.keepLoaded(variant.digest, false);
}

/** The model of a block that a killed run had begun, if it is in memory still: its load goes on. */
async function findBegunLoad(
  { load, variant }: Member,
  { recorder, ours }: BlockContext,
  { client }: BlockPorts,
): Promise<LoadedModel | null> {
  if (!ours.has(variant.digest)) return null;
  const found = await findLoaded(variant, client);
  if (!recorder.isDone(load) || found === undefined) return null;
  return { contextLength: found.contextLength, memoryBytes: found.sizeBytes, vramBytes: found.vramBytes };
}

/** null where the model cannot be measured now: the sample of the load, or a flag, says why. */
async function loadFreshly(
  { load, variant, embeds }: Member,
  context: BlockContext,
  ports: BlockPorts,
): Promise<LoadedModel | null> {
  const { recorder, ours, busy, patience, startedMs, sizes } = context;
  // Left by a killed run, or by a server that did not unload it in time.
  if (ours.has(variant.digest)) await release(variant, context, ports);
  if (ours.has(variant.digest)) {
    const reason = `${variant.name} could not be unloaded, so that this would have been no load.`;
    await recorder.record(load, { sample: failedSample(load, 'still-loaded', reason), answer: null }, 0);
    return null;
  }
  const around = await waitForQuiet(variant, ours, patience, ports);
  recorder.flagVariant(variant.key, describeSurroundings(around, load.block));
  if (ports.signal.aborted) recorder.stop('cancelled');
  else if (around.busy !== null && busy === 'fail') recorder.stop('server-busy');
  if (around.busy !== null || recorder.execution.stopped !== null) return null;

  recorder.keepLoaded(variant.digest, true);
  ours.add(variant.digest);
  const sizeBytes = sizes.get(variant.key) ?? null;
  const { sample, model } = await loadModel({ request: load, variant, embeds, sizeBytes, startedMs }, ports);
  const stopped = whyStop(sample, ports.signal);
  if (stopped !== null) recorder.stop(stopped);
  if (!isCutOff(sample) && !recorder.isDone(load)) {
    await recorder.record(load, { sample, answer: null }, sample.client?.e2eMs ?? 0);
  }
  // The server may finish a load that nobody waits for any more.
  if (model === null && stopped !== 'server-lost') await release(variant, context, ports);
  return model;
}

/** So that what a killed run had found usual is known again. */
function replay({ load, judge }: LoadedMember, { recorder }: BlockContext): void {
  for (const sample of recorder.execution.samples.values()) {
    const { variant, block, client, server, status } = sample;
    if (variant !== load.variant || block !== load.block || status !== 'ok' || !client || !server) continue;
    const { e2eMs } = client;
    judge.judge({ request: sample, promptCharacters: 0, hasAnswer: true, server, e2eMs, retried: false });
  }
}

function describeFit(
  { name, options }: Variant,
  { contextLength, memoryBytes, vramBytes }: LoadedModel,
): Flag[] {
  const { num_ctx: asked } = options;
  const spilled = vramBytes !== null && vramBytes > 0 && memoryBytes !== null && vramBytes < memoryBytes;
  return [
    ...(spilled
      ? [
          raise(
            'cpu-spill',
            `${formatBytes(memoryBytes - vramBytes)} of the ${formatBytes(memoryBytes)} of ${name} did not fit on the GPU, and ran on the CPU.`,
          ),
        ]
      : []),
    ...(asked !== undefined && contextLength !== null && contextLength < asked
      ? [
          raise(
            'context-lowered',
            `num_ctx asked for ${asked} tokens, and the server loaded ${contextLength}.`,
          ),
        ]
      : []),
  ];
}

function describeSurroundings({ busy, resident, idle }: Surroundings, block: number): Flag[] {
  return [
    ...(busy === null ? [] : [raise('skipped-busy', `Load ${block + 1} was not measured: ${busy}.`)]),
    ...(busy === null && resident.length > 0
      ? [raise('other-model-resident', `${resident.join(', ')} of somebody else stayed in memory, unused.`)]
      : []),
    ...findIdleFlags(idle),
  ];
}
