import { listLoadShapes, oneAtATime } from '../core/load-shape.ts';
import type { Log } from '../core/log.ts';
import { listAskedModels, type Pairing } from '../core/pair-models.ts';
import { planRun } from '../core/plan.ts';
import { planComparison } from '../core/plan-comparison.ts';
import type { OllamaClient } from '../ollama/client.ts';
import type { Config } from '../schema/config.ts';
import type { ComparisonPlan, Plan } from '../schema/plan.ts';
import { sha256Text } from '../store/hash-text.ts';
import type { LoadedPromptSet } from '../store/load-prompt-set.ts';
import { stayTogether } from './probe-residency.ts';
import { pullModels } from './pull-models.ts';
import { type ResolvedVariant, resolveVariants } from './resolve-variants.ts';

export interface PlanRequest {
  config: Config;
  promptSet: LoadedPromptSet;
  /** Which models are held against each other; null: they are measured one after another. */
  comparison: ComparisonRequest | null;
  signal: AbortSignal;
}

export interface ComparisonRequest extends Partial<Pick<ComparisonPlan, 'added' | 'removed'>> {
  pairs: Pairing['changed'];
  /** Of the coin that draws who is asked first. */
  seed: number;
  /** Numbers of loads after which it is looked whether more are needed; the last is the most. */
  looks: number[];
}

/** Resolves what is to be measured, and lists every request of it. */
export async function preparePlan(
  { config, promptSet, comparison, signal }: PlanRequest,
  { client, log }: { client: OllamaClient; log: Log },
): Promise<{ plan: Plan; variants: ResolvedVariant[] }> {
  const asked = comparison?.pairs.flatMap(({ base, head }) => [base, head]) ?? listAskedModels(config);
  // Of what is held against each other nothing must move now: there it is only fetched where it is missing.
  const pull = comparison === null ? config.pull : config.pull !== false;
  await pullModels(
    asked.map(({ name }) => name),
    { pull, keep: config.keep },
    { client, log, signal },
  );
  const variants = await resolveVariants(asked, promptSet.prompts, client);
  const warmupMax = Math.max(config.warmup, config.warmupMax);
  const common = { ...config, warmupMax, promptSet, hashText: sha256Text };
  if (comparison === null) {
    const loadShapes = listLoadShapes(config.concurrency, config.requestRates);
    return { variants, plan: planRun({ ...common, variants, loadShapes }) };
  }
  const pairs = pairUp(variants);
  const resident = await stayTogether(pairs, { client, log, signal });
  const loads = comparison.looks.at(-1) ?? config.loads;
  const where = { ...comparison, pairs, resident };
  return { variants, plan: planComparison({ ...common, ...where, loads, loadShapes: [oneAtATime] }) };
}

function pairUp(variants: readonly ResolvedVariant[]): { base: ResolvedVariant; head: ResolvedVariant }[] {
  return variants.flatMap((base, index) => {
    const head = variants[index + 1];
    return index % 2 === 0 && head !== undefined ? [{ base, head }] : [];
  });
}
