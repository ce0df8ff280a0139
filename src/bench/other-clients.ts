import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '../core/log.ts';
import { formatTimeLeft } from '../core/remaining-time.ts';
import { toPlainLine } from '../core/render/untrusted-text.ts';
import type { Idle } from '../core/telemetry.ts';
import type { OllamaClient, RunningModel } from '../ollama/client.ts';
import { sameModel } from '../ollama/model-name.ts';
import type { Variant } from './take-sample.ts';

export interface OthersPorts {
  client: Pick<OllamaClient, 'ps'>;
  log: Log;
  clock(): number;
  signal: AbortSignal;
  /** Watches the machine for a moment. */
  measureIdle(): Promise<Idle>;
}

export interface Surroundings {
  /** Why the model cannot be measured now: who is using the server; null where nobody is. */
  busy: string | null;
  /** Models of somebody else that are in memory, unused. */
  resident: string[];
  idle: Idle;
}

const betweenLooksMs = 2000;
const busyGpuPercent = 10;

/** Which models in memory are of this run, by digest: it alone may unload them. */
export type OurModels = ReadonlySet<string>;

/** Models of somebody else in the server's memory. */
export async function findOthers(client: Pick<OllamaClient, 'ps'>, ours: OurModels): Promise<RunningModel[]> {
  return (await client.ps()).filter(({ digest }) => !ours.has(digest));
}

/**
 * Looks whether somebody else uses the server. They do if they hold the model that is to be measured, or if one of
 * their models is used while we look: its time to expire moves, or the GPU is at work.
 */
export async function lookAround(
  variant: Variant,
  ours: OurModels,
  ports: OthersPorts,
): Promise<Surroundings> {
  const before = await findOthers(ports.client, ours);
  const idle = await ports.measureIdle();
  const held = before.find(({ name, digest }) => digest === variant.digest || sameModel(name, variant.name));
  const resident = before.map(({ name }) => toPlainLine(name, 80));
  if (held !== undefined) {
    return {
      ...{ resident, idle },
      busy: `${variant.name} is in the server’s memory, loaded by somebody else${describeExpiry(held)}`,
    };
  }
  if (before.length === 0) return { busy: null, resident, idle };
  const after = await findOthers(ports.client, ours);
  const used = after.find((it) => isUsed(it, before));
  const gpuAtWork = (idle.gpuUtilisationPercent ?? 0) > busyGpuPercent;
  const name = toPlainLine((used ?? before[0])?.name ?? '', 80);
  return { resident, idle, busy: used || gpuAtWork ? `${name} of somebody else is being used` : null };
}

/** Whether a model came into memory, or answered something, since an earlier look. */
export function isUsed(now: RunningModel, before: readonly RunningModel[]): boolean {
  const then = before.find(({ digest }) => digest === now.digest);
  return then === undefined || then.expiresAt !== now.expiresAt;
}

/** How long a run still waits for others, over all of its loads. */
export interface Patience {
  leftMs: number;
}

/**
 * Looks around until nobody else uses the server or, with `busy: wait`, patience is at its end. The caller decides what
 * to do about what is still busy then.
 */
export async function waitForQuiet(
  variant: Variant,
  ours: OurModels,
  patience: Patience,
  ports: OthersPorts,
): Promise<Surroundings> {
  let said = false;
  for (;;) {
    const beganMs = ports.clock();
    const found = await lookAround(variant, ours, ports);
    if (found.busy === null || patience.leftMs <= 0 || ports.signal.aborted) return found;
    if (!said) {
      const left = formatTimeLeft(patience.leftMs);
      ports.log.info(`${found.busy}: waiting up to ${left} until the server is free.`);
    }
    said = true;
    const waitMs = Math.min(betweenLooksMs, patience.leftMs);
    await delay(waitMs, undefined, { signal: ports.signal }).catch(ignoreAbort);
    patience.leftMs -= ports.clock() - beganMs;
  }
}

/** Ollama's "for ever" is centuries away. */
function describeExpiry({ expiresAt }: RunningModel): string {
  if (expiresAt === null) return '';
  const year = Number(expiresAt.slice(0, 4));
  return year >= 2100 ? ' for good' : ` until ${toPlainLine(expiresAt.slice(0, 19))}`;
}

function ignoreAbort(error: unknown): void {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error;
}
