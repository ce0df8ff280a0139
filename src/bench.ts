import { composeOutputs, composeRun, type Measured } from './bench/compose-run.ts';
import { executePlan } from './bench/execute-plan.ts';
import type { Progress } from './bench/progress.ts';
import { resolveVariants } from './bench/resolve-variants.ts';
import { hashJson } from './core/hash.ts';
import type { Log } from './core/log.ts';
import { planRun } from './core/plan.ts';
import { renderRunSummary } from './core/render/run-summary.ts';
import { createRunId } from './core/run-id.ts';
import type { MachineFacts } from './host/inspect-machine.ts';
import type { OllamaClient } from './ollama/client.ts';
import type { Config } from './schema/config.ts';
import type { Environment, Run } from './schema/run.ts';
import { sha256Text } from './store/hash-text.ts';
import type { LoadedPromptSet } from './store/load-prompt-set.ts';
import { createRunFolder } from './store/run-folder.ts';

export interface BenchRequest extends Pick<Run, 'source' | 'campaign' | 'shard'> {
  config: Config;
  promptSet: LoadedPromptSet;
  /** The run's folder is made in here, under the run's id. */
  outDir: string;
  /** null outside Actions. */
  runner: Environment['runner'];
  /** Aborting keeps what was measured and reports it as cancelled. */
  signal: AbortSignal;
}

export interface BenchPorts {
  client: OllamaClient;
  inspectMachine(): Promise<MachineFacts>;
  now(): Date;
  /** Monotonic milliseconds: the clock that the client's marks are read from. */
  clock(): number;
  randomHex(characters: number): string;
  log: Log;
  progress: Progress;
}

export interface BenchResult {
  run: Run;
  runPath: string;
  summaryPath: string;
  summaryMarkdown: string;
}

/**
 * Benchmarks the models of a config on a prompt set and writes the run's folder.
 * @throws {InputError} where the output cannot be written, {OllamaError} where the server or a model cannot be had.
 */
export async function runBench(request: BenchRequest, ports: BenchPorts): Promise<BenchResult> {
  const { config, promptSet, signal, runner, source, campaign, shard } = request;
  const startedAt = ports.now();
  const variants = await resolveVariants(config, ports.client, ports.log, signal);
  const [version, { machine, environment }] = await Promise.all([
    ports.client.version(),
    ports.inspectMachine(),
  ]);
  const plan = planRun({ ...config, variants, promptSet, hashText: sha256Text });
  const checksHashes = new Map(promptSet.prompts.map(({ id, checks }) => [id, hashJson(checks, sha256Text)]));

  const id = createRunId(startedAt, ports.randomHex(6));
  const folder = await createRunFolder(request.outDir, id);
  // Where the server is, is nobody's business who reads the artifact.
  const { host: _, ...publicConfig } = config;
  await folder.writeInputs({ config: publicConfig, promptSet: promptSet.document });
  await folder.writePlan(plan);

  const execution = await executePlan(plan, promptSet.prompts, checksHashes, {
    ...ports,
    keepSample: folder.appendSample,
    budgetMs: config.budgetMinutes === undefined ? null : config.budgetMinutes * 60_000,
    signal,
  });
  const planHash = hashJson(plan, sha256Text);
  const measured: Measured = { plan, planHash, promptSet, checksHashes, variants, execution };
  for (const output of composeOutputs(measured)) await folder.writeOutput(output);
  const run = composeRun(
    {
      ...{ id, campaign, machine, shard, source },
      startedAt: startedAt.toISOString(),
      finishedAt: ports.now().toISOString(),
      environment: { ...environment, server: { version, settings: config.server }, runner },
    },
    measured,
  );
  const summaryMarkdown = renderRunSummary(run, undefined, { samples: execution.samples });
  await folder.writeSummary(run, summaryMarkdown);
  return { run, runPath: folder.path, summaryPath: folder.summaryPath, summaryMarkdown };
}

/** Whether a run has no valid timed sample at all: then it has nothing to say, and its command must fail. */
export function measuredNothing({ variants }: Run): boolean {
  return variants.every(({ metrics }) => metrics.e2eMs.n === 0);
}
