import type { Log } from '../core/log.ts';
import type { OllamaClient, RunningModel } from '../ollama/client.ts';
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
}

export interface LoadPorts {
  client: ModelClient;
  log: Log;
  signal: AbortSignal;
  /** Bytes that the machine has read from its disks since it started; null where it does not tell, or Ollama is elsewhere. */
  readDiskBytes(): Promise<number | null>;
}

export interface Load {
  request: PlannedRequest;
  variant: Variant;
  /** Whether the model is only asked to embed, which it is loaded for in another way. */
  embeds: boolean;
  /** What the weights take on disk; null where the server does not say. */
  sizeBytes: number | null;
  /** The monotonic reading at which the run began. */
  startedMs: number;
}

/** Loads a model that is not in memory, and times it. A failed load is a failed sample and no model. */
export async function loadModel(
  { request, variant, embeds, sizeBytes, startedMs }: Load,
  ports: LoadPorts,
): Promise<{ sample: Sample; model: LoadedModel | null }> {
  const { client, signal } = ports;
  try {
    const before = await ports.readDiskBytes();
    const { sentMs, doneMs } = await client.load(variant.name, {
      ...{ options: variant.options, embeds, keepAlive, signal },
    });
    const after = await ports.readDiskBytes();
    const model = describeLoaded(await findLoaded(variant, client), variant);
    const readBytes = before === null || after === null ? null : after - before;
    return {
      model,
      sample: {
        ...describeRequest(request),
        ...notMeasured,
        sentMs: sentMs - startedMs,
        status: 'ok',
        ...{ flags: [], error: null },
        loadedFrom: tellSource(readBytes, sizeBytes),
        client: { ...noTimings, e2eMs: doneMs - sentMs },
      },
    };
  } catch (error) {
    if (!(error instanceof OllamaError)) throw error;
    return { model: null, sample: failedSample(request, error.code, error.message) };
  }
}

/** Unloads a model and waits until the server agrees. Whether it does: if not, the run goes on, and the log says so. */
export async function unloadModel(
  name: string,
  { client, log }: { client: Pick<OllamaClient, 'unload'>; log: Log },
): Promise<boolean> {
  try {
    await client.unload(name);
    return true;
  } catch (error) {
    if (!(error instanceof OllamaError)) throw error;
    log.warn(`${name} could not be unloaded: ${error.message}`);
    return false;
  }
}

/** What of a load is measured: it has no tokens. */
const noTimings = {
  ...{ headersMs: null, firstByteMs: null, ttftMs: null, ttfaMs: null, tpotMs: null, chunksMs: [] },
};

/**
 * Where the weights came from, by what the machine read meanwhile: half of them or more from disk, or, with less than
 * a tenth, from the page cache. Between the two, or without a reading, there is no telling.
 */
export function tellSource(readBytes: number | null, sizeBytes: number | null): Sample['loadedFrom'] {
  if (readBytes === null || sizeBytes === null || sizeBytes === 0) return null;
  if (readBytes >= sizeBytes / 2) return 'disk';
  return readBytes < sizeBytes / 10 ? 'page-cache' : null;
}

/** @throws {OllamaError} where the tag was pulled or created anew in the middle. Under another name, tags share what is loaded. */
export function describeLoaded(loaded: RunningModel | undefined, variant: Variant): LoadedModel {
  if (loaded !== undefined && hasMoved(loaded, variant)) {
    throw new OllamaError(
      'model-moved',
      `${variant.name} stands for another model since the run began: run again.`,
    );
  }
  return {
    contextLength: loaded?.contextLength ?? null,
    memoryBytes: loaded?.sizeBytes ?? null,
    vramBytes: loaded?.vramBytes ?? null,
  };
}

export function hasMoved(
  { name, digest }: Pick<RunningModel, 'name' | 'digest'>,
  variant: Pick<Variant, 'name' | 'digest'>,
): boolean {
  return sameModel(name, variant.name) && digest !== variant.digest;
}

export async function findLoaded(
  variant: Pick<Variant, 'name' | 'digest'>,
  client: Pick<OllamaClient, 'ps'>,
): Promise<RunningModel | undefined> {
  return pickLoaded(await client.ps(), variant);
}

/** By digest as well: tags of one model share what is loaded, and the server lists it under the first one's name. */
export function pickLoaded(
  inMemory: readonly RunningModel[],
  { name, digest }: Pick<Variant, 'name' | 'digest'>,
): RunningModel | undefined {
  return (
    inMemory.find((model) => sameModel(model.name, name)) ?? inMemory.find((model) => model.digest === digest)
  );
}
