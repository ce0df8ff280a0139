import type { Config } from '../schema/config.ts';
import type { Plan, PlannedRequest } from '../schema/plan.ts';
import type { Prompt } from '../schema/prompt-set.ts';
import { startBudget } from './budget.ts';
import { type Execution, type Keeper, type Recorder, type Resumed, startRecording } from './execution.ts';
import type { Progress } from './progress.ts';
import { type Block, type BlockPorts, runBlock } from './run-block.ts';

/** Whether a comparison has seen enough after so many loads, so that the rest of its plan need not be measured. */
export type IsSettled = (soFar: Execution, loads: number) => boolean;

export interface ExecutionPorts extends BlockPorts {
  /** Asked at the looks that the plan states, but for the last. */
  isSettled: IsSettled;
  keeper: Keeper;
  progress: Progress;
}

export interface PlanToExecute {
  plan: Plan;
  prompts: readonly Prompt[];
  /** By prompt. */
  checksHashes: ReadonlyMap<string, string>;
  /** What the weights of each variant take on disk, by its key. */
  sizes: ReadonlyMap<string, number | null>;
  serverVersion: string;
  /** How long the run may take; null: as long as it does. */
  budgetMs: number | null;
  /** What of it an earlier process used up. */
  usedMs: number;
  /** What to do about others who use the server. */
  busy: Config['busy'];
  /** How long to wait for them, over the whole run. */
  patienceMs: number;
  /** The reading of the clock at which the run began, perhaps in an earlier process. */
  startedMs: number;
  /** null where the run begins here. */
  resumed: Resumed | null;
  /** Digests of the models that a killed run of ours may have left in memory. */
  leftLoaded: readonly string[];
}

/** Carries a plan out, load by load. What fails is kept as a failed sample; what was measured is never lost. */
export async function executePlan(to: PlanToExecute, ports: ExecutionPorts): Promise<Execution> {
  const { plan, resumed } = to;
  const recorder = startRecording(plan, resumed, ports);
  const ours = new Set(to.leftLoaded);
  const patience = { leftMs: to.patienceMs };
  const budget = startBudget(to.budgetMs, ports.clock() - to.usedMs, ports.clock);
  try {
    for (const block of blocksOf(plan)) {
      if (recorder.execution.stopped !== null) break;
      if (hasSeenEnough(block, plan, recorder, ports.isSettled)) break;
      await runBlock(block, { ...to, ours, budget, patience, recorder }, ports);
    }
  } finally {
    ports.progress.end();
  }
  return recorder.execution;
}

/** Looks only where the plan says so: whoever looks after every load calls what is noise a change. */
function hasSeenEnough(
  { members }: Block,
  { comparison }: Plan,
  { execution, isDone, settle }: Recorder,
  isSettled: IsSettled,
): boolean {
  const [first] = members;
  const looks = comparison?.looks.slice(0, -1) ?? [];
  const loads = first?.load.block ?? 0;
  if (first === undefined || !looks.includes(loads) || isDone(first.load)) return false;
  if (execution.looked.has(loads)) return false;
  execution.looked.add(loads);
  if (!isSettled(execution, loads)) return false;
  settle(loads);
  return true;
}

/** A block begins with the loads of its models: one, or two that are compared. */
function blocksOf(plan: Plan): Block[] {
  const blocks: { loads: PlannedRequest[]; requests: PlannedRequest[] }[] = [];
  for (const request of plan.requests) {
    const last = blocks.at(-1);
    if (request.phase !== 'load') last?.requests.push(request);
    else if (last === undefined || last.requests.length > 0) blocks.push({ loads: [request], requests: [] });
    else last.loads.push(request);
  }
  return blocks.map(({ loads, requests }) => ({
    requests,
    members: loads.map((load) => {
      const variant = plan.variants.find(({ key }) => key === load.variant);
      if (variant === undefined) {
        throw new Error(`The plan loads "${load.variant}", which is none of its variants.`);
      }
      const own = requests.filter((it) => it.variant === load.variant);
      return { load, variant, embeds: own.every(({ kind }) => kind === 'embed') };
    }),
  }));
}
