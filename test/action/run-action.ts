import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { makeStateFolder } from '../state-folder.ts';

const root = new URL('../../', import.meta.url).pathname;
const action = z
  .object({ inputs: z.record(z.string(), z.object({ default: z.string().default('') })) })
  .parse(parse(readFileSync(join(root, 'action.yml'), 'utf8')));

export interface Finished {
  status: number | null;
  /** Standard output and standard error: the runner reads both. */
  log: string;
  outputs: Record<string, string>;
  summary: string;
}

export interface Step {
  process: ChildProcess;
  finished: Promise<Finished>;
}

export interface Job {
  workspace: string;
  env: Record<string, string>;
  /** Starts a step of the action, with what the steps before it left as state. */
  start(step: 'index' | 'post', inputs?: Record<string, string>): Promise<Step>;
  run(step: 'index' | 'post', inputs?: Record<string, string>): Promise<Finished>;
}

/** A job on a runner, with the files, the variables and nothing else that a runner gives to an action. */
export async function startJob(env: Record<string, string> = {}): Promise<Job> {
  const folder = await mkdtemp(join(tmpdir(), 'herdmark-job-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const workspace = join(folder, 'workspace');
  const temp = join(folder, 'temp');
  const state = await makeStateFolder();
  await Promise.all([mkdir(workspace), mkdir(temp)]);
  const files = {
    GITHUB_OUTPUT: join(folder, 'output'),
    GITHUB_STATE: join(folder, 'state'),
    GITHUB_STEP_SUMMARY: join(folder, 'summary.md'),
  };
  for (const file of Object.values(files)) await writeFile(file, '');

  const job: Job = {
    workspace,
    env: {
      PATH: process.env.PATH ?? '',
      HOME: folder,
      HERDMARK_STATE: state,
      RUNNER_TEMP: temp,
      ...files,
      ...env,
    },
    async start(step, inputs = {}) {
      const given = Object.entries(action.inputs).map(([name, { default: value }]) => [
        `INPUT_${name.toUpperCase()}`,
        inputs[name] ?? value,
      ]);
      const state = Object.entries(await readCommands(files.GITHUB_STATE)).map(([name, it]) => [
        `STATE_${name}`,
        it,
      ]);
      const child = spawn(process.execPath, [join(root, 'dist', `${step}.js`)], {
        cwd: workspace,
        env: { ...job.env, ...Object.fromEntries([...given, ...state]) },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const finished = async (): Promise<Finished> => {
        const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
        const [out, err, status] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
        const outputs = await readCommands(files.GITHUB_OUTPUT);
        return {
          status,
          log: out + err,
          outputs,
          summary: await readFile(files.GITHUB_STEP_SUMMARY, 'utf8'),
        };
      };
      return { process: child, finished: finished() };
    },
    async run(step, inputs) {
      return (await job.start(step, inputs)).finished;
    },
  };
  return job;
}

/** Reads a file of `name<<delimiter`, value, delimiter, as the runner does: the last value of a name counts. */
async function readCommands(path: string): Promise<Record<string, string>> {
  const found = (await readFile(path, 'utf8')).matchAll(/^([^\n]+?)<<(\S+)\r?\n([\s\S]*?)\r?\n\2$/gm);
  return Object.fromEntries([...found].map(([, name, , value]) => [name, value]));
}
