import type { Log } from '../core/log.ts';
import type { OllamaClient } from '../ollama/client.ts';
import { OllamaError } from '../ollama/errors.ts';
import { sameModel } from '../ollama/model-name.ts';
import type { PlannedRequest } from '../schema/plan.ts';
import type { Sample } from '../schema/sample.ts';
import { describeRequest, failedSample, keepFor, notMeasured, type Variant } from './take-sample.ts';

export type ModelClient = Pick<OllamaClient, 'ps' | 'load' | 'unload'>;

/** A model in the server's memory, as /api/ps tells it. */
export interface LoadedModel {
  contextLength: number | null;
  memoryBytes: number | null;
  vramBytes: number | null;
  /** False where it was there before us: then it is somebody's, and stays. */
  ours: boolean;
  /** Whether this load began with an empty prompt cache. */
  isFresh: boolean;
}

export interface LoadPorts {
  client: ModelClient;
  log: Log;
  signal: AbortSignal;
}

export interface Load {
  request: PlannedRequest;
  variant: Variant;
  /** The monotonic reading at which the run began. */
  startedMs: number;
  /** An earlier block loaded it: if it is in memory still, it is ours all the same. */
  loadedBefore: boolean;
}

/** Loads a model and times it. A failed load is a failed sample and no model. */
export async function loadModel(
  { request, variant, startedMs, loadedBefore }: Load,
  ports: LoadPorts,
): Promise<{ sample: Sample; model: LoadedModel | null }> {
  const { client, signal } = ports;
  let ours = loadedBefore;
  try {
    const isFresh = (await findLoaded(variant, client)) === undefined;
    ours ||= isFresh;
    const { keep_alive: keepAlive } = keepFor(ours);
    const { sentMs, doneMs } = await client.load(variant.name, {
      ...{ options: variant.options, signal },
      ...(keepAlive === undefined ? {} : { keepAlive }),
    });
    const loaded = await findLoaded(variant, client);
    if (loaded !== undefined && hasMoved(loaded, variant)) {
      throw new OllamaError(
        'model-moved',
        `${variant.name} stands for another model since the run began: run again.`,
      );
    }
    const model: LoadedModel = {
      contextLength: loaded?.contextLength ?? null,
      memoryBytes: loaded?.sizeBytes ?? null,
      vramBytes: loaded?.vramBytes ?? null,
      ours,
      isFresh,
    };
    return { model, sample: loadedSample(request, sentMs - startedMs, doneMs - sentMs, isFresh) };
  } catch (error) {
    if (!(error instanceof OllamaError)) throw error;
    // The server may finish a load that nobody waits for any more.
    if (ours && error.code !== 'unreachable') await unloadModel(variant.name, ports);
    return { model: null, sample: failedSample(request, error.code, error.message) };
  }
}

/** Unloads a model and waits until the server agrees. Where it does not, the run goes on and the log says so. */
export async function unloadModel(
  name: string,
  { client, log }: { client: Pick<OllamaClient, 'unload'>; log: Log },
): Promise<void> {
  try {
    await client.unload(name);
  } catch (error) {
    if (!(error instanceof OllamaError)) throw error;
    log.warn(`${name} could not be unloaded: ${error.message}`);
  }
}

function loadedSample(request: PlannedRequest, sentMs: number, e2eMs: number, isFresh: boolean): Sample {
  const noTimings = {
    headersMs: null,
    firstByteMs: null,
    ttftMs: null,
    ttfaMs: null,
    tpotMs: null,
    chunksMs: [],
  };
  return {
    ...describeRequest(request),
    ...notMeasured,
    sentMs,
    status: isFresh ? 'ok' : 'invalid',
    flags: isFresh
      ? []
      : [
          {
            code: 'already-loaded',
            reason: 'The model was in memory before it was asked for: this is no load time.',
          },
        ],
    error: null,
    client: { ...noTimings, e2eMs },
  };
}

/** A tag that was pulled or created anew in the middle. Under another name, tags share what is loaded. */
function hasMoved({ name, digest }: { name: string; digest: string }, variant: Variant): boolean {
  return sameModel(name, variant.name) && digest !== variant.digest;
}

/** By digest as well: tags of one model share what is loaded, and the server lists it under the first one's name. */
async function findLoaded({ name, digest }: Variant, client: Pick<OllamaClient, 'ps'>) {
  return (await client.ps()).find((model) => model.digest === digest || sameModel(model.name, name));
}
