import { energyPerOutputToken } from '../core/energy.ts';
import { isOneAtATime } from '../core/load-shape.ts';
import type { Plan } from '../schema/plan.ts';
import type { Energy } from '../schema/run.ts';
import type { Sample } from '../schema/sample.ts';
import { windowOf } from './check-round.ts';
import type { Telemetry } from './compose-run.ts';

/**
 * Energy of a variant for each output token: over the timed rounds of each load, one request at a time, from the first
 * request sent to the last reply. Invalid samples took energy for their tokens too; failed ones cannot be counted.
 */
export function measureEnergy(
  variant: string,
  { comparison }: Pick<Plan, 'comparison'>,
  samples: readonly Sample[],
  telemetry: Telemetry | null,
): Energy {
  if (comparison?.resident) {
    return { joulesPerOutputToken: null, reason: 'Two models were asked in turn: the power is of both.' };
  }
  if (telemetry === null) return { joulesPerOutputToken: null, reason: 'The machine was not sampled.' };
  if (telemetry.source === null) {
    return { joulesPerOutputToken: null, reason: 'No tool on this machine tells the power of a GPU.' };
  }
  const timed = samples.filter(
    (it) => it.variant === variant && it.phase === 'timed' && isOneAtATime(it.loadShape),
  );
  const windows = [...Map.groupBy(timed, ({ block }) => block).values()].flatMap((ofLoad) => {
    const spans = ofLoad.map(windowOf).filter((it) => it !== null);
    if (spans.length === 0) return [];
    const counts = ofLoad.map(({ server }) => server?.evalCount ?? null).filter((it) => it !== null);
    return {
      fromMs: Math.min(...spans.map(({ fromMs }) => fromMs)),
      toMs: Math.max(...spans.map(({ toMs }) => toMs)),
      outputTokens: counts.length < ofLoad.length ? null : counts.reduce((sum, it) => sum + it, 0),
    };
  });
  return energyPerOutputToken(windows, telemetry.readings, telemetry.intervalMs);
}
