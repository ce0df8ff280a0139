import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ShapeResult } from './simulate-history.ts';

const benchHistory = join(import.meta.dirname, '..', 'bench-history.ts');

/** Simulates history on another processor, while this one is at work. */
export async function simulateHistoryMeanwhile(
  years: number,
  quietYears: number,
  seed: number,
): Promise<ShapeResult[]> {
  const counts = ['--years', years, '--quiet-years', quietYears, '--seed', seed].map(String);
  const { stdout } = await promisify(execFile)(process.execPath, [benchHistory, '--json', ...counts], {
    maxBuffer: 2 ** 26,
  });
  const { shapes }: { shapes: ShapeResult[] } = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
  return shapes;
}
