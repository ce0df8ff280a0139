import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { parse } from 'yaml';
import { goodToken } from './github-api.ts';
import type { Finished, Job } from './run-action.ts';

const declared: Record<string, { default?: string }> = parse(
  readFileSync(new URL('../../action.yml', import.meta.url), 'utf8'),
).inputs;

/** Runs `command: compare` with a made-up comparison, as a runner would run the action. */
export async function runCompare(job: Job, inputs: Record<string, string> = {}): Promise<Finished> {
  const given = Object.entries({ ...declared, token: { default: goodToken } }).map(([name, input]) => [
    `INPUT_${name.toUpperCase()}`,
    inputs[name] ?? input.default ?? '',
  ]);
  const child = spawn(process.execPath, [new URL('compare-entry.ts', import.meta.url).pathname], {
    cwd: job.workspace,
    env: { ...job.env, ...Object.fromEntries(given) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  const [out, err, status] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
  const outputs = await readFile(job.env.GITHUB_OUTPUT ?? '', 'utf8');
  return {
    status,
    log: out + err,
    outputs: Object.fromEntries(
      [...outputs.matchAll(/^([^\n]+?)<<(\S+)\r?\n([\s\S]*?)\r?\n\2$/gm)].map(([, name, , it]) => [name, it]),
    ),
    summary: await readFile(job.env.GITHUB_STEP_SUMMARY ?? '', 'utf8'),
  };
}
