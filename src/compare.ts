import { withinSecond } from './bench/time-limit.ts';
import {
  type Chosen,
  compareRuns,
  compareTurns,
  isRefusal,
  type Refusal,
  type WholeRun,
} from './core/compare/compare-runs.ts';
import type { Plan } from './schema/plan.ts';
import type { Verdict } from './schema/verdict.ts';
import { sha256Text } from './store/hash-text.ts';
import { InputError } from './store/input-error.ts';

export type { WholeRun } from './core/compare/compare-runs.ts';

/**
 * The verdict of a run that measured base and head in turn, by its own loads and those that its machine knew of.
 * @throws {InputError} where the run is no comparison.
 */
export function compareWithin(whole: WholeRun, { comparison }: Pick<Plan, 'comparison'>): Verdict {
  return requireVerdict(compareTurns(whole, comparison, { hashText: sha256Text }));
}

/**
 * The verdict of a run against earlier ones, of which for each model those count that are of one epoch and digest.
 * @param earlier oldest first.
 * @param chosen where base was chosen: it is the last of them then.
 * @throws {InputError} where there is no model to pair.
 */
export function compareWithEarlier(
  earlier: readonly WholeRun[],
  head: WholeRun,
  chosen: Chosen | null = null,
): Verdict {
  return requireVerdict(
    compareRuns(earlier, head, { hashText: sha256Text, chosen, withinLimit: withinSecond }),
  );
}

function requireVerdict(result: Verdict | Refusal): Verdict {
  if (isRefusal(result)) throw new InputError(result.refusal, result.message);
  return result;
}
