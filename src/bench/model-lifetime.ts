import type { Log } from '../core/log.ts';
import type { OllamaClient } from '../ollama/client.ts';
import { OllamaError } from '../ollama/errors.ts';
import { sameModel } from '../ollama/model-name.ts';
import type { PlannedRequest } from '../schema/plan.ts';
import type { Sample } from '../schema/sample.ts';
import { describeRequest, failedSample, keepAlive, notMeasured, type Variant } from './take-sample.ts';

export type ModelClient = Pick<OllamaClient, 'ps' | 'load' | 'unload'>;

/** A model in the server's memory, as /api/ps tells it. */
export interface LoadedModel {
  contextLength: number | null;
  memoryBytes: number | null;
  vramBytes: number | null;
  /** False where it was there before us: then it is somebody's, and stays. */
  ours: boolean;
}

export interface LoadPorts {
  client: ModelClient;
  log: Log;
  signal: AbortSignal;
}

/** Loads a model and times it. A failed load is a failed sample and no model. */
export async function loadModel(
  request: PlannedRequest,
  variant: Variant,
  startedMs: number,
  ports: LoadPorts,
): Promise<{ sample: Sample; model: LoadedModel | null }> {
  const { client, signal } = ports;
  let ours = false;
  try {
    ours = (await findLoaded(variant, client)) === undefined;
    const options = { options: variant.options, keepAlive, signal };
    const { sentMs, doneMs } = await client.load(variant.name, options);
    const loaded = await findLoaded(variant, client);
    const model: LoadedModel = {
      contextLength: loaded?.contextLength ?? null,
      memoryBytes: loaded?.sizeBytes ?? null,
      vramBytes: loaded?.vramBytes ?? null,
      ours,
    };
    return { model, sample: loadedSample(request, sentMs - startedMs, doneMs - sentMs, ours) };
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

function loadedSample(request: PlannedRequest, sentMs: number, e2eMs: number, wasOurs: boolean): Sample {
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
    status: wasOurs ? 'ok' : 'invalid',
    flags: wasOurs
      ? []
      : [
          {
            code: 'already-loaded',
            reason: 'The model was loaded before this run asked for it: this is no load time.',
          },
        ],
    error: null,
    client: { ...noTimings, e2eMs },
  };
}

/** By digest as well: tags of one model share what is loaded, and the server lists it under the first one's name. */
async function findLoaded({ name, digest }: Variant, client: Pick<OllamaClient, 'ps'>) {
  return (await client.ps()).find((model) => model.digest === digest || sameModel(model.name, name));
}
