import type { Run } from '../../schema/run.ts';
import type { Flag } from '../../schema/sample.ts';
import type { EarlyEnd, VerdictFlag } from '../../schema/verdict.ts';
import { type FlagCode, spoilsTimes } from '../flags.ts';
import { isCompared } from './pair-samples.ts';
import type { Side } from './side.ts';

/** The two sides of a model, each as one run measured it. */
export interface Sides {
  base: Side;
  head: Side;
}

/**
 * What the runs say against themselves and the models that are compared, each code once. Of single requests it has what
 * spoils their times; what else makes them invalid is among the causes of those.
 */
export function listVerdictFlags(models: readonly Sides[]): VerdictFlag[] {
  const isOneRun = models.every(({ base, head }) => base.run.id === head.run.id);
  return (['base', 'head'] as const).flatMap((side) => {
    const sides = models.map((it) => it[side]);
    const runs = isOneRun && side === 'head' ? [] : [...new Set(sides.map(({ run }) => run))];
    const variants = [...new Set(sides.map(({ variant }) => variant))];
    return [
      ...runs.flatMap((run) => countAlike(run.flags, { side: isOneRun ? null : side, model: null })),
      ...variants.flatMap(({ name: model, flags, flagged }) => [
        ...countAlike(flags, { side, model }),
        ...flagged
          .filter(spoilsTimes)
          .map(({ samples: count, code, reason }) => ({ ...{ code, reason, side, model }, count })),
      ]),
    ];
  });
}

function countAlike(flags: readonly Flag[], of: Pick<VerdictFlag, 'side' | 'model'>): VerdictFlag[] {
  return [...Map.groupBy(flags, ({ code }) => code).values()].flatMap((alike) => {
    const [first] = alike;
    return first === undefined ? [] : { ...first, ...of, count: alike.length };
  });
}

const endings: readonly string[] = [
  'out-of-time',
  'cancelled',
  'server-lost',
  'server-busy',
  'interrupted',
] satisfies FlagCode[];

/**
 * What ended a comparison before it had all of its loads; null where it has them, where it had seen enough, where what is
 * missing came to nothing by itself, and while it is under way. A load counts that both sides have readings of.
 */
export function findEarlyEnd(run: Run, models: readonly Sides[], looks: readonly number[]): EarlyEnd | null {
  const most = looks.at(-1) ?? run.plan.loads;
  const loads = Math.min(...models.map(countLoads));
  const ending = run.flags.find(({ code }) => endings.includes(code));
  return ending === undefined || loads >= most ? null : { loads, most, ...ending };
}

/**
 * The looks of a run that has ended. What ended it, as its budget does, knows nothing of what was found: so the last look
 * was there, and those that were to come are not paid for.
 */
export function looksUntil(
  models: readonly Sides[],
  looks: readonly number[],
  end: EarlyEnd | null,
): number[] {
  if (end === null) return [...looks];
  const last = Math.max(...models.map(countLoads));
  return [...looks.filter((look) => look < last), ...(last > 0 ? [last] : [])];
}

function countLoads({ base, head }: Sides): number {
  const loadsOf = ({ samples }: Side) => new Set(samples.filter(isCompared).map(({ block }) => block));
  return loadsOf(base).intersection(loadsOf(head)).size;
}
