import {
  composeOutput,
  composeRun,
  type Measured,
  type RunFacts,
  type Telemetry,
} from './bench/compose-run.ts';
import { executePlan } from './bench/execute-plan.ts';
import type { Execution, Keeper } from './bench/execution.ts';
import type { LoadPorts } from './bench/model-lifetime.ts';
import { type ComparisonRequest, preparePlan } from './bench/prepare-plan.ts';
import type { Progress } from './bench/progress.ts';
import { reportUnfinished } from './bench/report-unfinished.ts';
import type { ResolvedVariant } from './bench/resolve-variants.ts';
import { explainResumed, findLeftLoaded, isRecent, isSameRun, recall } from './bench/resume.ts';
import { type StartTelemetry, watchHost } from './bench/watch-host.ts';
import type { WholeRun } from './compare.ts';
import { hashJson } from './core/hash.ts';
import type { Log } from './core/log.ts';
import { shortenPlan } from './core/plan-comparison.ts';
import { formatTime } from './core/render/format.ts';
import { renderRunSummary } from './core/render/run-summary.ts';
import { createRunId } from './core/run-id.ts';
import type { Idle } from './core/telemetry.ts';
import type { MachineFacts } from './host/inspect-machine.ts';
import type { OllamaClient } from './ollama/client.ts';
import type { Config } from './schema/config.ts';
import type { SavedOutput } from './schema/output.ts';
import type { Plan } from './schema/plan.ts';
import type { Environment, Run } from './schema/run.ts';
import type { ConfigLines } from './store/config-lines.ts';
import { sha256Text } from './store/hash-text.ts';
import { readUnfinishedRuns, type UnfinishedRun } from './store/journal.ts';
import type { LoadedPromptSet } from './store/load-prompt-set.ts';
import { type StoredVariance, variancesLike } from './store/load-variances.ts';
import { openRunFolder, prepareOutDir, type RunFolder, summaryPathOf } from './store/run-folder.ts';

export interface BenchRequest extends Pick<Run, 'source' | 'campaign' | 'shard' | 'calibration'> {
  config: Config;
  promptSet: LoadedPromptSet;
  /** Where the config asks for its models, for who marks a line of it. */
  configLines?: ConfigLines | null;
  /** Which models are held against each other; null: they are measured one after another. */
  comparison: ComparisonRequest | null;
  /** What earlier runs here told of loads: a comparison carries what of it speaks of its own. */
  storedLoads?: readonly StoredVariance[];
  /** Asked where a comparison may look whether it has seen enough; without it, all is measured. */
  isSettled?: (soFar: WholeRun, plan: Plan) => boolean;
  /** A finished run's folder is put in here, under the run's id. */
  outDir: string;
  /** Where runs are while they are under way, to be gone on with if they are killed; null: in outDir, without that. */
  workDir: string | null;
  /** null outside Actions. */
  runner: Environment['runner'];
  /** Aborting keeps what was measured and reports it as cancelled. */
  signal: AbortSignal;
}

export interface BenchPorts extends Pick<LoadPorts, 'readDiskBytes'> {
  client: OllamaClient;
  inspectMachine(): Promise<MachineFacts>;
  /** Watches a machine with these GPUs for a moment, while nothing of ours runs. */
  measureIdle(gpus: Environment['gpus']): Promise<Idle>;
  /** null: the machine is not sampled. */
  startTelemetry: StartTelemetry | null;
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
  /** Folders of earlier runs that were killed: they are reported now, beside this one. */
  leftovers: string[];
}

/**
 * Benchmarks the models of a config on a prompt set and writes the run's folder. If a run with the same plan was killed
 * within six hours, it goes on with that one.
 * @throws {InputError} where the output cannot be written, {OllamaError} where the server or a model cannot be had.
 */
export async function runBench(request: BenchRequest, ports: BenchPorts): Promise<BenchResult> {
  const { config, promptSet, runner, source, campaign, shard, outDir, calibration } = request;
  await prepareOutDir(outDir);
  const { plan, variants } = await preparePlan(request, ports);
  const [version, { machine, environment }] = await Promise.all([
    ports.client.version(),
    ports.inspectMachine(),
  ]);
  const planHash = hashJson(plan, sha256Text);

  const { storedLoads = [] } = request;
  const begunAt = ports.now();
  const facts: RunFacts = {
    ...{ campaign, machine, shard, source, calibration, objectives: config.objectives },
    id: createRunId(begunAt, ports.randomHex(6)),
    startedAt: begunAt.toISOString(),
    environment: { ...environment, server: { version, settings: config.server }, runner },
    knownLoads: plan.comparison && variancesLike(storedLoads, machine.id, plan.comparison.resident),
  };
  const unfinished =
    request.workDir === null ? [] : await readUnfinishedRuns(request.workDir, { prune: true });
  const recent = unfinished.filter((it) => isRecent(it, begunAt));
  const killed = recent.find((it) => isSameRun(it, planHash, facts)) ?? null;
  const old = unfinished.filter((it) => !recent.includes(it));
  const leftovers = await reportUnfinished(old, outDir, ports.log);

  const under: RunUnderWay = {
    ...{ request, plan, planHash, variants, killed },
    leftLoaded: findLeftLoaded(unfinished, begunAt),
    checksHashes: new Map(promptSet.prompts.map(({ id, checks }) => [id, hashJson(checks, sha256Text)])),
    // The run stays the one that was begun; in which job it ends, the campaign tells.
    facts: killed === null ? facts : { ...facts, id: killed.facts.id, startedAt: killed.facts.startedAt },
  };
  return { ...(await measure(under, ports)), leftovers };
}

interface RunUnderWay extends Pick<Measured, 'plan' | 'planHash' | 'checksHashes'> {
  request: BenchRequest;
  variants: ResolvedVariant[];
  facts: RunFacts;
  /** The run that this one goes on with; null where it begins anew. */
  killed: UnfinishedRun | null;
  leftLoaded: string[];
}

async function measure(under: RunUnderWay, ports: BenchPorts): Promise<Omit<BenchResult, 'leftovers'>> {
  const { request, plan, planHash, checksHashes, variants, facts, killed } = under;
  const { config, promptSet, outDir, signal } = request;
  const folder = await openRunFolder(request.workDir ?? outDir, facts.id);
  // Where the server is, is nobody's business who reads the artifact.
  const { host: _, ...publicConfig } = config;
  const { configLines = null } = request;
  await folder.writeInputs({ config: publicConfig, promptSet: promptSet.document, configLines });
  await folder.writePlan(plan);
  await folder.writeResumeFacts({ planHash, facts, variants });

  const { gpus } = facts.environment;
  const budgetMs = config.budgetMinutes === undefined ? null : config.budgetMinutes * 60_000;
  const elapsedMs = ports.now().getTime() - Date.parse(facts.startedAt);
  const startedMs = ports.clock() - Math.max(elapsedMs, 0);
  await using host = await watchHost(ports.startTelemetry, { startedMs, gpus }, folder.appendTelemetry);
  const resumed = killed === null ? null : recall(killed);
  if (resumed !== null) {
    ports.log.info(`Going on with the run of ${formatTime(facts.startedAt)}, which was killed.`);
    for (const sample of resumed.lost) await folder.appendSample(sample);
  }
  // What there is to report if it ended now.
  const compose = (soFar: Plan, execution: Execution, telemetry: Telemetry | null): Run =>
    composeRun(facts, {
      ...{ plan: soFar, planHash, promptSet, checksHashes, variants, execution, telemetry },
      finishedAt: ports.now().toISOString(),
      flags: killed === null ? [] : [explainResumed(killed)],
    });
  const isSettled = (execution: Execution, soFar: Plan): boolean => {
    const samples = [...execution.samples.values()];
    const outputs = listOutputs(under, execution);
    const run = compose(soFar, execution, null);
    return request.isSettled?.({ run, samples, outputs, prompts: promptSet.prompts }, soFar) ?? false;
  };
  const execution = await executePlan(
    {
      ...{ plan, checksHashes, startedMs, prompts: promptSet.prompts, busy: config.busy },
      patienceMs: config.busy === 'wait' ? Math.min(config.busyMinutes * 60_000, budgetMs ?? Infinity) : 0,
      sizes: new Map(variants.map(({ key, sizeBytes }) => [key, sizeBytes])),
      serverVersion: facts.environment.server.version,
      budgetMs,
      usedMs: killed === null ? 0 : killed.lastActiveMs - Date.parse(facts.startedAt),
      ...{ resumed, leftLoaded: under.leftLoaded },
    },
    {
      ...{ ...ports, signal, keeper: keepIn(folder, under), findHostFlags: host.findFlags },
      measureIdle: () => ports.measureIdle(gpus),
      isSettled: (soFar, loads) => isSettled(soFar, shortenPlan(plan, loads)),
    },
  );
  const samples = [...execution.samples.values()].sort((a, b) => a.order - b.order);
  const { settledAt } = execution;
  const done = settledAt === null ? plan : shortenPlan(plan, settledAt);
  await folder.writePlan(done);
  const run = compose(done, execution, await host.stop());
  const summaryMarkdown = renderRunSummary(run, undefined, { samples });
  const runPath = await folder.finish(run, summaryMarkdown, samples, outDir);
  return { run, runPath, summaryPath: summaryPathOf(runPath), summaryMarkdown };
}

function keepIn(folder: RunFolder, { plan, checksHashes }: RunUnderWay): Keeper {
  return {
    begin: ({ id }) => folder.note({ sent: id }),
    keepLoaded: (digest, isLoaded) => folder.note(isLoaded ? { loaded: digest } : { unloaded: digest }),
    keepSample: folder.appendSample,
    async keepAnswers(variant, prompt, answers) {
      const output = composeOutput({ plan, checksHashes }, variant, prompt, answers);
      if (output !== null) await folder.writeOutput(output);
    },
  };
}

function listOutputs({ plan, checksHashes }: RunUnderWay, { answers }: Execution): SavedOutput[] {
  return [...answers].flatMap(([variant, ofVariant]) =>
    [...ofVariant].flatMap(
      ([prompt, given]) => composeOutput({ plan, checksHashes }, variant, prompt, given) ?? [],
    ),
  );
}
