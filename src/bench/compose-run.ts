import { summariseSamples } from '../core/summarise.ts';
import { currentSchemaVersion } from '../schema/documents.ts';
import type { SavedOutput } from '../schema/output.ts';
import type { Plan } from '../schema/plan.ts';
import type { Run, SampleCounts } from '../schema/run.ts';
import type { Flag } from '../schema/sample.ts';
import type { LoadedPromptSet } from '../store/load-prompt-set.ts';
import type { Execution } from './execute-plan.ts';
import type { ResolvedVariant } from './resolve-variants.ts';

/** What a run report takes over as it is: who ran it, where and when. */
export type RunFacts = Pick<
  Run,
  'id' | 'campaign' | 'machine' | 'shard' | 'source' | 'startedAt' | 'finishedAt' | 'environment'
>;

export interface Measured {
  plan: Plan;
  planHash: string;
  promptSet: LoadedPromptSet;
  checksHashes: ReadonlyMap<string, string>;
  variants: readonly ResolvedVariant[];
  execution: Execution;
}

const stopFlags: Record<NonNullable<Execution['stopped']>, Flag> = {
  cancelled: { code: 'cancelled', reason: 'The run was cancelled: it reports what was measured until then.' },
  'out-of-time': {
    code: 'out-of-time',
    reason: 'The time budget was used up: the rounds after it were not measured.',
  },
  'server-lost': {
    code: 'server-lost',
    reason: 'The server went away in the middle: the rest of the plan was not measured.',
  },
};

/** Composes the run report from what was measured. */
export function composeRun(
  facts: RunFacts,
  { plan, planHash, promptSet, checksHashes, variants, execution }: Measured,
): Run {
  const findings = summariseSamples(plan, execution.samples, checksHashes);
  const { id, version, hash, title, prompts } = promptSet;
  return {
    schemaVersion: currentSchemaVersion,
    ...facts,
    status:
      execution.stopped === 'cancelled' ? 'cancelled' : isComplete(findings.counts) ? 'complete' : 'partial',
    calibration: null,
    promptSet: {
      id,
      version,
      hash,
      title,
      prompts: prompts.map(({ id, title, category }) => ({ id, title, category })),
    },
    plan: {
      hash: planHash,
      loads: plan.loads,
      rounds: plan.rounds,
      warmup: plan.warmup,
      loadShape: plan.loadShape,
      requests: plan.requests.length,
    },
    counts: findings.counts,
    flags: execution.stopped === null ? [] : [stopFlags[execution.stopped]],
    failures: findings.failures,
    variants: variants.flatMap((variant) => {
      const found = findings.variants[variant.key];
      const {
        contextLength = null,
        memoryBytes = null,
        vramBytes = null,
      } = execution.models.get(variant.key) ?? {};
      return found === undefined ? [] : { ...variant, contextLength, memoryBytes, vramBytes, ...found };
    }),
    series: findings.series,
  };
}

/** The answers to keep, a document for each variant and prompt that was answered. */
export function composeOutputs({ plan, checksHashes, variants, execution }: Measured): SavedOutput[] {
  return plan.requests.flatMap(({ variant: key, prompt, phase, block, requestHash }) => {
    const variant = variants.find((it) => it.key === key);
    const answers = prompt === null ? undefined : execution.answers.get(key)?.get(prompt);
    const checksHash = prompt === null ? undefined : checksHashes.get(prompt);
    if (
      phase !== 'bare' ||
      block !== 0 ||
      !variant ||
      !answers ||
      !checksHash ||
      prompt === null ||
      requestHash === null
    )
      return [];
    const { name: model, digest } = variant;
    return {
      schemaVersion: currentSchemaVersion,
      variant: key,
      model,
      digest,
      prompt,
      requestHash,
      checksHash,
      answers,
    };
  });
}

function isComplete({ planned, ok }: SampleCounts): boolean {
  return planned === ok;
}
