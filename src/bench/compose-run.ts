import { summariseSamples } from '../core/summarise.ts';
import { summariseTelemetry } from '../core/telemetry.ts';
import { currentSchemaVersion } from '../schema/documents.ts';
import type { SavedAnswer, SavedOutput } from '../schema/output.ts';
import type { Plan } from '../schema/plan.ts';
import type { PromptSet } from '../schema/prompt-set.ts';
import type { Run, SampleCounts } from '../schema/run.ts';
import type { Flag } from '../schema/sample.ts';
import type { TelemetryReading, TelemetrySource } from '../schema/telemetry.ts';
import { type Execution, explainStop } from './execution.ts';
import { measureEnergy } from './measure-energy.ts';
import type { ResolvedVariant } from './resolve-variants.ts';

/** What a run report takes over as it is: who ran it, where, when and for what. */
export type RunFacts = Pick<
  Run,
  | 'id'
  | 'campaign'
  | 'machine'
  | 'shard'
  | 'source'
  | 'startedAt'
  | 'environment'
  | 'calibration'
  | 'knownLoads'
  | 'objectives'
>;

export interface Telemetry {
  source: TelemetrySource | null;
  intervalMs: number;
  readings: readonly TelemetryReading[];
}

export interface Measured {
  plan: Plan;
  planHash: string;
  promptSet: PromptSet;
  checksHashes: ReadonlyMap<string, string>;
  variants: readonly ResolvedVariant[];
  execution: Execution;
  /** null where nothing was sampled. */
  telemetry: Telemetry | null;
  finishedAt: string;
  /** What else there is to say of the run. */
  flags: readonly Flag[];
}

/** Composes the run report from what was measured. */
export function composeRun(facts: RunFacts, measured: Measured): Run {
  const { plan, promptSet, checksHashes, variants, execution, telemetry } = measured;
  const samples = [...execution.samples.values()];
  const findings = summariseSamples(plan, samples, checksHashes, facts.objectives);
  const { title, prompts } = promptSet;
  const { hash: _, ...asked } = { ...plan.promptSet };
  return {
    schemaVersion: currentSchemaVersion,
    ...facts,
    finishedAt: measured.finishedAt,
    status:
      execution.stopped === 'cancelled' ? 'cancelled' : isComplete(findings.counts) ? 'complete' : 'partial',
    telemetry: telemetry === null ? null : summariseTelemetry(telemetry.readings, telemetry),
    promptSet: {
      ...asked,
      hash: plan.promptSet.hash,
      title,
      prompts: prompts.map(({ id, title, category }) => ({ id, title, category })),
    },
    plan: {
      hash: measured.planHash,
      loads: plan.loads,
      rounds: plan.rounds,
      warmup: plan.warmup,
      warmupMax: plan.warmupMax,
      cache: plan.cache,
      loadShapes: plan.loadShapes,
      comparison: plan.comparison,
      requests: plan.requests.length,
    },
    counts: findings.counts,
    flags: [...explainStop(execution.stopped), ...measured.flags],
    failures: findings.failures,
    variants: variants.flatMap((variant) => {
      const found = findings.variants[variant.key];
      const {
        contextLength = null,
        memoryBytes = null,
        vramBytes = null,
      } = execution.models.get(variant.key) ?? {};
      if (found === undefined) return [];
      return {
        ...variant,
        ...{ contextLength, memoryBytes, vramBytes },
        ...found,
        flags: [...variant.flags, ...(execution.flags.get(variant.key) ?? [])],
        energy: measureEnergy(variant.key, plan, samples, telemetry),
      };
    }),
    series: findings.series,
  };
}

/** The answers of one variant to one prompt, as they are kept. null where the prompt is not of the plan. */
export function composeOutput(
  { plan, checksHashes }: Pick<Measured, 'plan' | 'checksHashes'>,
  variantKey: string,
  prompt: string,
  answers: readonly SavedAnswer[],
): SavedOutput | null {
  const variant = plan.variants.find(({ key }) => key === variantKey);
  const requestHash = plan.requests.find(
    (it) => it.variant === variantKey && it.prompt === prompt && it.phase === 'bare',
  )?.requestHash;
  const checksHash = checksHashes.get(prompt);
  if (variant === undefined || !requestHash || checksHash === undefined) return null;
  const { name: model, digest } = variant;
  return {
    schemaVersion: currentSchemaVersion,
    ...{ variant: variantKey, model, digest, prompt, requestHash, checksHash },
    answers: [...answers],
  };
}

function isComplete({ planned, ok }: SampleCounts): boolean {
  return planned === ok;
}
