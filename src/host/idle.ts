import { setTimeout as sleep } from 'node:timers/promises';
import type { Idle } from '../core/telemetry.ts';
import type { Environment } from '../schema/run.ts';
import { createCpuMeter } from './cpu-meter.ts';
import { askGpus } from './gpu-readings.ts';
import { type RunTool, runTool } from './run-tool.ts';

export interface IdleOptions {
  durationMs?: number;
  /** What the machine has, as `inspectGpus` told; null tries every tool. */
  gpus?: Environment['gpus'];
  runTool?: RunTool;
}

/**
 * Looks for a moment, while nothing of ours runs, at what else keeps the machine busy. The GPUs' tool is asked only
 * afterwards: it tells of the second before, and its own start would count as load of the processors.
 */
export async function measureIdle({
  durationMs = 1000,
  gpus = null,
  runTool: run = runTool,
}: IdleOptions = {}): Promise<Idle> {
  const meter = createCpuMeter();
  await meter.read();
  await sleep(durationMs);
  const { loadPercent: cpuLoadPercent } = await meter.read();
  const told = (await askGpus(gpus, run))?.readings ?? [];
  const shares = told.map(({ utilisationPercent }) => utilisationPercent).filter((it) => it !== null);
  return { cpuLoadPercent, gpuUtilisationPercent: shares.length === 0 ? null : Math.max(...shares) };
}
