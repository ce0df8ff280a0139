import type { ComparisonPlan, Plan, PlannedRequest } from '../schema/plan.ts';
import { type BlockRequest, describePlan, type PlanInput, planBlock, type VariantToPlan } from './plan.ts';

export interface PairToPlan {
  base: VariantToPlan;
  head: VariantToPlan;
}

export interface ComparisonInput
  extends Omit<PlanInput, 'variants'>,
    Pick<ComparisonPlan, 'resident' | 'looks'> {
  pairs: readonly PairToPlan[];
  /** Models that only one side asks for, for the verdict to name. */
  added?: readonly string[];
  removed?: readonly string[];
  /** Of the coin that draws the order of each pair. */
  seed: number;
}

/**
 * Lists every request of a comparison in order; the same for the same input.
 *
 * Where both models of a pair stay in memory, they are loaded together and asked in turn, request by request, the order
 * of each pair of requests drawn from a seeded coin: whatever the machine does then, it does to both. Where they do not
 * fit, they take turns load by load, in an order drawn for each pair of loads, with a load for each round: the load is
 * the unit of inference, and time drifts less within a round. Only prompts that both can take are asked.
 */
export function planComparison(input: ComparisonInput): Plan {
  const { pairs, resident, looks, seed, added = [], removed = [] } = input;
  const planned = resident ? input : { ...input, loads: input.loads * input.rounds, rounds: 1 };
  const requests: PlannedRequest[] = [];
  for (let block = 0; block < planned.loads; block++) {
    for (const pair of pairs.map(restrictToCommon)) {
      const base = planBlock({ ...planned, variants: [] }, pair.base, block);
      const head = planBlock({ ...planned, variants: [] }, pair.head, block);
      const blocks = resident
        ? [interleave(base, head, (index) => flip(input, block, pair.head.key, index))]
        : inOrder(base, head, flip(input, block, pair.head.key, 0));
      for (const request of blocks.flat()) requests.push({ ...request, order: requests.length });
    }
  }
  return describePlan(
    { ...planned, variants: pairs.flatMap((pair) => Object.values(restrictToCommon(pair))) },
    {
      seed,
      requests,
      comparison: {
        pairs: pairs.map(({ base, head }) => ({ base: base.key, head: head.key })),
        resident,
        looks: resident ? looks : looks.map((loads) => loads * input.rounds),
        ...{ added: [...added], removed: [...removed] },
      },
    },
  );
}

/** What one of the two cannot take, the other is not asked. */
function restrictToCommon({ base, head }: PairToPlan): PairToPlan {
  const unsupported = [...base.unsupported, ...head.unsupported];
  return { base: { ...base, unsupported }, head: { ...head, unsupported } };
}

/** Loads first, then warm-up one after the other, then request by request. */
function interleave(
  base: readonly BlockRequest[],
  head: readonly BlockRequest[],
  headFirst: (index: number) => boolean,
): BlockRequest[] {
  const isWarmUp = ({ phase }: BlockRequest) => phase === 'warmup';
  const isMeasured = ({ phase }: BlockRequest) => phase === 'bare' || phase === 'timed';
  const measuredHead = head.filter(isMeasured);
  return [
    ...inOrder(base.slice(0, 1), head.slice(0, 1), headFirst(-1)).flat(),
    ...base.filter(isWarmUp),
    ...head.filter(isWarmUp),
    ...base.filter(isMeasured).flatMap((request, index) => {
      const other = measuredHead[index];
      return other === undefined ? [request] : inOrder([request], [other], headFirst(index)).flat();
    }),
  ];
}

function inOrder<T>(base: T, head: T, headFirst: boolean): T[] {
  return headFirst ? [head, base] : [base, head];
}

/** A fair coin: the lowest bit of a hash over seed, load, pair and position. */
function flip({ seed, hashText }: ComparisonInput, block: number, pair: string, index: number): boolean {
  const hex = hashText(`coin/${seed}/${pair}/${block}/${index}`).replace('sha256:', '');
  return Number.parseInt(hex.slice(0, 8), 16) % 2 === 1;
}

/** The plan as far as its first so many loads: what was carried out of it where that was enough. */
export function shortenPlan(plan: Plan, loads: number): Plan {
  return { ...plan, loads, requests: plan.requests.filter(({ block }) => block < loads) };
}
