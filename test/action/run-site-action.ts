import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { z } from 'zod';

const folder = new URL('../../site/', import.meta.url).pathname;
const composite = z.object({
  inputs: z.record(z.string(), z.object({ default: z.string().default('') })),
  runs: z.object({
    steps: z.array(
      z.object({
        name: z.string().default(''),
        run: z.string().optional(),
        env: z.record(z.string(), z.string()).default({}),
      }),
    ),
  }),
});

/** Runs the steps of site/action.yml as a runner does, but for the installing. Returns what they print. */
export async function runSiteAction(
  workspace: string,
  given: Record<string, string>,
  env: Record<string, string>,
): Promise<string> {
  const { inputs, runs } = composite.parse(parse(await readFile(join(folder, 'action.yml'), 'utf8')));
  const fill = (text: string) =>
    text.replace(
      /\$\{\{ inputs\.([\w-]+) \}\}/g,
      (_, name: string) => given[name] ?? inputs[name]?.default ?? '',
    );
  let log = '';
  for (const { name, run, env: own } of runs.steps) {
    if (run === undefined || name === 'Install Herdmark') continue;
    const { stdout, stderr } = await promisify(execFile)(
      'bash',
      ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c', run],
      {
        cwd: workspace,
        env: {
          PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
          GITHUB_ACTION_PATH: folder,
          ...env,
          ...Object.fromEntries(Object.entries(own).map(([key, value]) => [key, fill(value)])),
        },
      },
    );
    log += stdout + stderr;
  }
  return log;
}
