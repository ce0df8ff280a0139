import { raise } from '../core/flags.ts';
import { keyOfLoadShape } from '../core/load-shape.ts';
import { formatBytes } from '../core/render/format.ts';
import { findIdleFlags } from '../core/telemetry.ts';
import { type SampleJudge, startJudging } from '../core/validity.ts';
import type { OllamaClient, RunningModel } from '../ollama/client.ts';
import type { PlannedRequest } from '../schema/plan.ts';
import type { Flag, Sample } from '../schema/sample.ts';
import { sendRequests } from './arrivals.ts';
import { askModel } from './ask-model.ts';
import type { Budget } from './budget.ts';
import { checkRound, flagLater, windowOf } from './check-round.ts';
import type { PlanToExecute } from './execute-plan.ts';
import { isCutOff, type Recorder, whyStop } from './execution.ts';
import {
  findLoaded,
  type LoadedModel,
  type LoadPorts,
  loadModel,
  type ModelClient,
  unloadModel,
} from './model-lifetime.ts';
import {
  findOthers,
  type OthersPorts,
  type Patience,
  type Surroundings,
  waitForQuiet,
} from './other-clients.ts';
import { type AskingClient, failedSample, type Variant } from './take-sample.ts';
import { warmUp } from './warm-up-model.ts';

/** A load of a model, and everything that is asked of it then. */
export interface Block {
  load: PlannedRequest;
  variant: Variant;
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

/** A block whose model is in memory. */
export interface LoadedBlock extends BlockContext {
  block: Block;
  model: LoadedModel;
  judge: SampleJudge;
}

/**
 * One load: look around, load, warm up, the bare round, the timed rounds, unload. Of a block that was begun before the
 * run was killed only the rest is done.
 */
export async function runBlock(block: Block, context: BlockContext, ports: BlockPorts): Promise<void> {
  const { load, variant, requests } = block;
  const { recorder } = context;
  const pending = requests.filter((it) => it.phase !== 'warmup' && !recorder.isDone(it));
  if (recorder.isDone(load) && pending.length === 0) return;
  if (!context.budget.mayBegin(kindOf(load))) return recorder.stop('out-of-time');

  const begun = await findBegunLoad(block, context, ports);
  const model = begun ?? (await loadFreshly(block, context, ports));
  if (model === null) return recorder.drop([load, ...requests]);
  recorder.execution.models.set(variant.key, model);
  recorder.flagVariant(variant.key, describeFit(variant, model));
  try {
    const loaded = { ...context, block, model, judge: startJudging(model.contextLength) };
    if (begun === null) await warmUp(loaded, ports);
    else replay(block, loaded);
    await measureRounds(pending, loaded, ports);
  } finally {
    if (recorder.execution.stopped !== 'server-lost') {
      await release(variant, context, ports);
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
  { load, variant }: Block,
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
  { load, variant, requests }: Block,
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
  const embeds = requests.every(({ kind }) => kind === 'embed');
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

async function measureRounds(
  pending: readonly PlannedRequest[],
  loaded: LoadedBlock,
  ports: BlockPorts,
): Promise<void> {
  const { recorder, budget } = loaded;
  let others: readonly RunningModel[] = await findOthers(ports.client, loaded.ours);
  let round: { key: string; kind: string; beganMs: number } | null = null;

  const mayGoOn = (request: PlannedRequest): boolean => {
    if (recorder.execution.stopped !== null) return false;
    const key = roundOf(request);
    if (round?.key === key) return true;
    if (round !== null) budget.note(round.kind, ports.clock() - round.beganMs);
    if (!budget.mayBegin(kindOf(request))) {
      recorder.stop('out-of-time');
      return false;
    }
    round = { key, kind: kindOf(request), beganMs: ports.clock() };
    return true;
  };

  for (const [first, ...rest] of batchesOf(pending)) {
    if (first === undefined || recorder.execution.stopped !== null) break;
    const requests = [first, ...rest];
    const beganMs = ports.clock();
    await sendRequests({
      ...{ loadShape: first.loadShape, requests, mayGoOn, clock: ports.clock, signal: ports.signal },
      send: (request, dueMs) => sendOne(request, dueMs, loaded, ports),
    });
    others = await reviewBatch(requests, beganMs, others, loaded, ports);
  }
}

async function sendOne(
  request: PlannedRequest,
  dueMs: number | null,
  loaded: LoadedBlock,
  ports: BlockPorts,
): Promise<void> {
  const { recorder } = loaded;
  const taken = await askModel(request, dueMs, loaded, ports);
  const stopped = whyStop(taken.sample, ports.signal);
  if (stopped !== null) recorder.stop(stopped);
  if (!isCutOff(taken.sample)) await recorder.record(request, taken, shareOfTime(request, taken.sample));
}

/** Holds against the samples of a batch what shows only after it. Returns the models of others that are in memory. */
async function reviewBatch(
  requests: readonly PlannedRequest[],
  beganMs: number,
  othersBefore: readonly RunningModel[],
  loaded: LoadedBlock,
  ports: BlockPorts,
): Promise<readonly RunningModel[]> {
  const { recorder, block, startedMs } = loaded;
  recorder.flagVariant(
    block.variant.key,
    ports.findHostFlags(beganMs - startedMs, ports.clock() - startedMs).model,
  );
  const { flags, others } = await checkRound(
    { ...loaded, variant: block.variant, othersBefore },
    ports.client,
  );
  for (const { id } of requests) {
    const sample = recorder.execution.samples.get(id);
    const window = sample && windowOf(sample);
    if (!sample || !window) continue;
    const heat = ports.findHostFlags(window.fromMs, window.toMs).sample;
    await recorder.revise(flagLater(sample, [...flags, ...heat]));
  }
  return others;
}

/**
 * What is sent without a pause: a round where requests go one at a time; else all rounds of a load shape, as a pause
 * between them would be a ramp down and up again.
 */
function batchesOf(requests: readonly PlannedRequest[]): PlannedRequest[][] {
  const batchOf = (it: PlannedRequest) =>
    keyOfLoadShape(it.loadShape) === '' ? roundOf(it) : `${it.phase}/${keyOfLoadShape(it.loadShape)}`;
  return [...Map.groupBy(requests, batchOf).values()];
}

function roundOf({ phase, loadShape, round }: PlannedRequest): string {
  return `${phase}/${keyOfLoadShape(loadShape)}/${round}`;
}

/** Rounds of one kind take about as long as each other. */
function kindOf({ variant, phase, loadShape }: PlannedRequest): string {
  return `${variant}/${phase}/${keyOfLoadShape(loadShape)}`;
}

/** So that what a killed run had found usual is known again. */
function replay({ load }: Block, { recorder, judge }: LoadedBlock): void {
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

/** Of a request, where several are under way: what the whole run gets on by with it. */
function shareOfTime({ loadShape }: PlannedRequest, { client }: Sample): number {
  if (loadShape.kind === 'open') return 1000 / loadShape.requestsPerSecond;
  return (client?.e2eMs ?? 0) / loadShape.concurrency;
}
