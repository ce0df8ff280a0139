import { mean } from 'simple-statistics';
import { type EffectEstimate, estimateEffect } from '../../src/core/compare/estimate-effect.ts';
import { defaultSettings, judgeFamily } from '../../src/core/compare/judge-family.ts';
import type { PromptPairs } from '../../src/core/compare/paired-effect.ts';
import { detailPrompts } from '../../src/core/compare/prompt-detail.ts';
import { seedRandom } from '../../src/core/compare/seeded-random.ts';
import type { LoadVariance } from '../../src/schema/verdict.ts';
import { type Layout, type NoiseShape, type SimulatedModel, simulateModel } from './latency-noise.ts';
import { type PeerName, type PeerView, peerNames, peerRules } from './peer-rules.ts';

/** Pull requests of one kind. */
export interface Cell {
  noise: NoiseShape;
  models: number;
  layout: Layout;
  /** ln of how much slower head is on a prompt, in the first metric of the first model; null: nothing changed. */
  slower: ((prompt: number) => number) | null;
  /** How many earlier comparisons of the machine are stored: 4 are 24 loads. */
  stored: number;
  /** Numbers of loads at which it is looked; null: once. */
  looks: readonly number[] | null;
}

export interface CellResult {
  /** Any change called where there was none. */
  falseAlarms: number;
  /** The slowdown called by its name. */
  named: number;
  /** Of the prompts that became slower, those that the detail shows; of comparisons without any, those in which it shows one. */
  promptsShown: number;
  /** Of metrics without a change, those shown to be within the floor. */
  unchanged: number;
  meanLoads: number;
  peers: Record<PeerName, { falseAlarms: number; named: number }>;
}

/** Peers know as many earlier runs as one keeps at hand. */
const remembered = 30;

/** Shares over so many simulated pull requests; the same for the same seed. */
export function simulateCell(cell: Cell, pullRequests: number, seed: number): CellResult {
  const random = seedRandom(seed);
  const memory = Array.from({ length: cell.models * cell.layout.metrics }, () => new MetricMemory());
  const warmUp = Math.max(cell.stored, remembered);
  const outcomes: Outcome[] = [];
  for (let index = 0; index < warmUp + pullRequests; index++) {
    const pullRequest = simulatePullRequest(cell, random);
    const firstLook = estimateAll(pullRequest, memory, cell.looks?.[0] ?? cell.layout.loads);
    // Earlier comparisons only fill the store: nobody judges them.
    if (index >= warmUp) outcomes.push(judgePullRequest(pullRequest, memory, firstLook));
    for (const [place, metric] of memory.entries()) {
      metric.add(cell.stored, pullRequest.quiet[place], firstLook[place]);
    }
  }
  const share = (of: (outcome: Outcome) => number) => mean(outcomes.map(of));
  return {
    falseAlarms: share(({ falseAlarm }) => Number(falseAlarm)),
    named: share(({ named }) => Number(named)),
    promptsShown: share((it) => it.promptsShown),
    unchanged: share((it) => it.unchanged),
    meanLoads: share(({ loads }) => loads),
    peers: Object.fromEntries(
      peerNames.map((name) => [
        name,
        {
          falseAlarms: share(({ peers }) => Number(peers[name].falseAlarm)),
          named: share(({ peers }) => Number(peers[name].named)),
        },
      ]),
    ) as CellResult['peers'],
  };
}

interface Outcome {
  falseAlarm: boolean;
  named: boolean;
  promptsShown: number;
  unchanged: number;
  loads: number;
  peers: Record<PeerName, { falseAlarm: boolean; named: boolean }>;
}

type Means = Pick<PeerView, 'base' | 'head'>;

/** What is known of a metric from the comparisons before. */
class MetricMemory {
  variances: LoadVariance[] = [];
  earlier: number[] = [];
  earlierChanges: number[] = [];

  add(stored: number, means: Means | undefined, estimate: EffectEstimate | undefined): void {
    if (means === undefined || !estimate?.ownVariance) return;
    const [base, head] = [mean([...means.base]), mean([...means.head])];
    this.variances = stored === 0 ? [] : [...this.variances, estimate.ownVariance].slice(-stored);
    this.earlier = [...this.earlier, base].slice(-remembered);
    this.earlierChanges = [...this.earlierChanges, Math.abs(head / base - 1)].slice(-remembered);
  }
}

interface PullRequest {
  cell: Cell;
  models: readonly SimulatedModel[];
  /** Means of each metric as they would be had nothing changed. */
  quiet: readonly Means[];
}

function simulatePullRequest(cell: Cell, random: () => number): PullRequest {
  const models = Array.from({ length: cell.models }, () => simulateModel(cell.noise, cell.layout, random));
  const quiet = models.flatMap(({ base, head }) =>
    base.map((before, metric) => ({
      base: averageRounds(before, cell.layout.prompts, null),
      head: averageRounds(head[metric] ?? before, cell.layout.prompts, null),
    })),
  );
  return { cell, models, quiet };
}

function judgePullRequest(
  pullRequest: PullRequest,
  memory: readonly MetricMemory[],
  firstLook: readonly EffectEstimate[],
): Outcome {
  const { cell } = pullRequest;
  const { layout, looks } = cell;
  const changes = cell.slower === null ? 0 : 1;
  for (const loads of looks ?? [layout.loads]) {
    const isFirst = loads === (looks?.[0] ?? layout.loads);
    const estimates = isFirst ? firstLook : estimateAll(pullRequest, memory, loads);
    const judged = judgeFamily(
      estimates.map((it) => ({ ...it, looks })),
      defaultSettings,
    );
    const isOpen = judged.some(({ word }) => word === 'inconclusive');
    if (isOpen && loads < (looks?.at(-1) ?? loads)) continue;
    const quiet = judged.slice(changes);
    return {
      falseAlarm: quiet.some(({ word }) => word === 'regressed' || word === 'improved'),
      named: judged[0]?.word === 'regressed',
      promptsShown: showPrompts(cell, estimates.slice(0, layout.metrics)),
      unchanged: mean(quiet.map(({ word }) => Number(word === 'unchanged'))),
      loads,
      peers: askPeers(pullRequest, memory),
    };
  }
  throw new RangeError('The last look always ends a comparison.');
}

function estimateAll(
  { cell, models }: PullRequest,
  memory: readonly MetricMemory[],
  loads: number,
): EffectEstimate[] {
  return models.flatMap((model, index) =>
    model.base.map((_, metric) => {
      const place = index * cell.layout.metrics + metric;
      const pairs = pairUp(cell, model, metric, loads, place === 0 ? cell.slower : null);
      return estimateEffect('ttftMs', pairs, memory[place]?.variances ?? []);
    }),
  );
}

/** Readings of a metric as the core takes them. */
function pairUp(
  { layout: { prompts, rounds } }: Cell,
  model: SimulatedModel,
  metric: number,
  loads: number,
  slower: Cell['slower'],
): PromptPairs[] {
  const base = model.base[metric] ?? new Float64Array();
  const head = model.head[metric] ?? base;
  return Array.from({ length: prompts }, (_, prompt) => {
    const shift = slower?.(prompt) ?? 0;
    const pairs: PromptPairs['pairs'][number][] = [];
    for (let load = 0; load < loads; load++) {
      for (let round = load * rounds; round < (load + 1) * rounds; round++) {
        const at = round * prompts + prompt;
        pairs.push({ load, logRatio: (head[at] ?? 0) - (base[at] ?? 0) + shift });
      }
    }
    return { prompt: `p${prompt}`, pairs };
  });
}

/** Of the prompts that became slower, the share that the detail shows; of none, whether it shows any of the first model. */
function showPrompts({ slower }: Cell, estimates: readonly EffectEstimate[]): number {
  const shown = detailPrompts(estimates, defaultSettings).map(({ standsOut }) => Number(standsOut));
  if (slower === null) return Math.max(...shown);
  const slow = shown.slice(0, estimates[0]?.prompts ?? 0).filter((_, prompt) => slower(prompt) > 0);
  return slow.length === 0 ? 0 : mean(slow);
}

function askPeers({ cell, models, quiet }: PullRequest, memory: readonly MetricMemory[]): Outcome['peers'] {
  const { slower, layout } = cell;
  const changed = slower === null ? undefined : models[0]?.head[0];
  const views = quiet.map((means, place): PeerView => {
    const head = place === 0 && changed ? averageRounds(changed, layout.prompts, slower) : means.head;
    return { base: means.base, head, ...(memory[place] ?? new MetricMemory()) };
  });
  return Object.fromEntries(
    peerNames.map((name) => {
      const alarms = views.map((view) => peerRules[name](view));
      const falseAlarm = alarms.slice(slower === null ? 0 : 1).some(Boolean);
      return [name, { falseAlarm, named: alarms[0] ?? false }];
    }),
  ) as Outcome['peers'];
}

const promptLengths = [0, 1, 2, 3].map((it) => 1.5 ** it);

/** The mean of each round over prompts, which take 1 to 3.4 as long as each other. */
function averageRounds(logs: Float64Array, prompts: number, slower: Cell['slower']): number[] {
  return Array.from({ length: logs.length / prompts }, (_, round) => {
    let sum = 0;
    for (let prompt = 0; prompt < prompts; prompt++) {
      const log = logs[round * prompts + prompt] ?? 0;
      sum += Math.exp(log + (slower?.(prompt) ?? 0)) * (promptLengths[prompt % 4] ?? 1);
    }
    return sum / prompts;
  });
}
