import { keyOfLoadShape } from '../core/load-shape.ts';
import type { RunningModel } from '../ollama/client.ts';
import type { PlannedRequest } from '../schema/plan.ts';
import type { Sample } from '../schema/sample.ts';
import { sendRequests } from './arrivals.ts';
import { askModel } from './ask-model.ts';
import { checkRound, flagLater, windowOf } from './check-round.ts';
import { isCutOff, whyStop } from './execution.ts';
import { findOthers } from './other-clients.ts';
import type { BlockPorts, LoadedBlock } from './run-block.ts';

/** Carries out the rounds of a block whose models are warm, until they are done or the run has to stop. */
export async function measureRounds(
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
    if (!budget.mayBegin(kindOf(request, loaded))) {
      recorder.stop('out-of-time');
      return false;
    }
    round = { key, kind: kindOf(request, loaded), beganMs: ports.clock() };
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
  const { recorder, members, startedMs } = loaded;
  const host = ports.findHostFlags(beganMs - startedMs, ports.clock() - startedMs);
  for (const key of members.keys()) recorder.flagVariant(key, host.model);
  const { flags, others } = await checkRound(
    { ...loaded, members: [...members.values()], othersBefore },
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
function kindOf({ phase, loadShape }: PlannedRequest, { members }: LoadedBlock): string {
  return `${[...members.keys()].join('+')}/${phase}/${keyOfLoadShape(loadShape)}`;
}

/** Of a request, where several are under way: what the whole run gets on by with it. */
function shareOfTime({ loadShape }: PlannedRequest, { client }: Sample): number {
  if (loadShape.kind === 'open') return 1000 / loadShape.requestsPerSecond;
  return (client?.e2eMs ?? 0) / loadShape.concurrency;
}
