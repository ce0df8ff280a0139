import { monitorEventLoopDelay } from 'node:perf_hooks';
import {
  type ClientErrorSummary,
  type ClientErrors,
  findClientErrors,
  summariseClientErrors,
} from '../core/calibration.ts';
import type { Reader, Script, Written } from './script.ts';
import type { TimedServer } from './start-timed-server.ts';

export type Readers<Name extends string> = Readonly<Record<Name, Reader>>;

export interface DriveOptions {
  signal?: AbortSignal | undefined;
  /** Called after each turn with how many there are that count. */
  onTurn?: ((done: number) => void) | undefined;
}

export interface TimingRequest extends DriveOptions {
  /** Of each reader, one after another. */
  requests: number;
  /** Chunks of each answer. */
  chunks: number;
  /**
   * Where reader and server had to wait longer for the processor until the first chunk had arrived, the request is made
   * again; and those that had to wait least count, whatever they measured. So it is the readers that are compared, and
   * not what else the machine did meanwhile. Default: none is made again.
   */
  longestWaitMs?: number;
}

export interface Timings<Name extends string> {
  errors: Record<Name, ClientErrorSummary>;
  /** p99 of how late the event loop was. */
  eventLoopDelayMsP99: number;
  /** Requests that were made and do not count. */
  retakes: number;
}

/** Until a reader is compiled, and the compiler at rest, which else has the processor now and then. */
const warmUps = 300;
/** As a multiple of the requests: a machine that is never at rest has to do. */
const mostRetakes = 0.5;
const nanosecondsPerMs = 1e6;
/** How often the event loop is looked at: the histogram counts from one look to the next. */
const lookMs = 10;

interface Take extends ClientErrors, Pick<Written, 'firstWaitMs' | 'waitMs'> {}

/**
 * Has readers take in the same paced answers, request by request in turn, so that what else the machine does hits them
 * alike.
 * @throws the signal's reason where it is aborted.
 */
export async function measureTimings<Name extends string>(
  readers: Readers<Name>,
  server: TimedServer,
  { requests, chunks, longestWaitMs = Number.POSITIVE_INFINITY, signal, onTurn }: TimingRequest,
): Promise<Timings<Name>> {
  const names = namesOf(readers);
  for (let turn = 0; turn < warmUps; turn++) {
    signal?.throwIfAborted();
    for (const name of names) await readers[name].ask({ id: 'warm-up', pace: 'unpaced', chunks, seed: 0 });
  }

  const takes = mapReaders(readers, (): Take[] => []);
  const countUndisturbed = (name: Name) =>
    takes[name].filter(({ firstWaitMs }) => firstWaitMs <= longestWaitMs).length;
  const loop = monitorEventLoopDelay({ resolution: lookMs });
  loop.enable();
  for (let turn = 0; turn < requests * (1 + mostRetakes); turn++) {
    const unfinished = names.filter((name) => countUndisturbed(name) < requests);
    if (unfinished.length === 0) break;
    for (const name of rotate(unfinished, turn)) {
      signal?.throwIfAborted();
      const id = `${name}/${turn}`;
      const marks = await readers[name].ask({ id, pace: 'paced', chunks, seed: turn });
      const { firstWaitMs, waitMs, ...written } = await server.tellOf(id);
      takes[name].push({ ...findClientErrors(marks, written), firstWaitMs, waitMs });
    }
    onTurn?.(Math.min(...names.map(countUndisturbed)));
  }
  loop.disable();

  const made = names.reduce((sum, name) => sum + takes[name].length, 0);
  return {
    errors: mapReaders(readers, (name) => summariseTakes(takes[name], requests)),
    eventLoopDelayMsP99: Math.max(0, loop.percentile(99) / nanosecondsPerMs - lookMs),
    retakes: made - requests * names.length,
  };
}

/** Of the requests that had to wait least: for TTFT until its end, else all in all. */
function summariseTakes(takes: readonly Take[], requests: number): ClientErrorSummary {
  const least = (wait: 'firstWaitMs' | 'waitMs') =>
    takes.toSorted((a, b) => a[wait] - b[wait]).slice(0, requests);
  const { ttftErrorMs } = summariseClientErrors(least('firstWaitMs'));
  return { ...summariseClientErrors(least('waitMs')), ttftErrorMs };
}

export interface RateRequest extends DriveOptions {
  /** How many answers at once. */
  streams: number;
  /** Of all answers together. */
  chunks: number;
  turns: number;
}

/** The most chunks per second that each reader takes in of what comes as fast as the socket takes it. */
export async function measureRates<Name extends string>(
  readers: Readers<Name>,
  { streams, chunks, turns, signal, onTurn }: RateRequest,
): Promise<Record<Name, number>> {
  const best = new Map<Name, number>();
  for (let turn = 0; turn < turns; turn++) {
    for (const name of rotate(namesOf(readers), turn)) {
      signal?.throwIfAborted();
      const script: Script = { id: 'poured', pace: 'unpaced', chunks: Math.ceil(chunks / streams), seed: 0 };
      const askedMs = performance.now();
      const answers = await Promise.all(Array.from({ length: streams }, () => readers[name].ask(script)));
      const tookMs = performance.now() - askedMs;
      const got = answers.reduce((sum, { chunksMs }) => sum + chunksMs.length, 0);
      if (got !== script.chunks * streams) throw new Error(`${name} lost chunks: ${got} came.`);
      best.set(name, Math.max(best.get(name) ?? 0, (got / tookMs) * 1000));
    }
    onTurn?.(turn + 1);
  }
  return mapReaders(readers, (name) => best.get(name) ?? Number.NaN);
}

function namesOf<Name extends string>(readers: Readers<Name>): Name[] {
  return Object.keys(readers) as Name[];
}

function mapReaders<Name extends string, Value>(
  readers: Readers<Name>,
  valueFor: (name: Name) => Value,
): Record<Name, Value> {
  return Object.fromEntries(namesOf(readers).map((name) => [name, valueFor(name)])) as Record<Name, Value>;
}

/** So that nobody always comes after the same one. */
function rotate<Item>(items: readonly Item[], by: number): Item[] {
  const at = by % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
}
