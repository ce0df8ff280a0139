import type { Alarm, Boundary, Night, Shift } from '../../schema/changes.ts';
import { describeEpochChange } from '../epochs.ts';
import { type LineNight, type LineNights, listMetrics, readLog } from './collect-lines.ts';
import { measureShift } from './measure-shift.ts';

export type DigestAlarm = Extract<Alarm, { kind: 'digest-changed' }>;

/** Where something was changed, and what moved there: never an alarm about noise, and never left out. */
export interface Boundaries {
  boundaries: Boundary[];
  digests: DigestAlarm[];
}

/** Lines that changed in the same way between the same runs share a boundary. */
export function findBoundaries(lines: readonly LineNights[]): Boundaries {
  const boundaries = new Map<string, Boundary>();
  const digests: Boundaries['digests'] = [];
  for (const of of lines) {
    for (const [index, after] of of.nights.entries()) {
      const before = of.nights[index - 1];
      if (before === undefined) continue;
      if (before.epoch !== after.epoch) {
        const changes = describeEpochChange(before, after);
        const key = JSON.stringify([before.run.id, after.run.id, changes]);
        const known = boundaries.get(key) ?? {
          ...{
            machine: of.line.machine,
            before: toNight(before),
            after: toNight(after),
            changes,
            shifts: [],
          },
        };
        known.shifts.push(...measureShifts(of, index, ({ epoch }) => epoch));
        boundaries.set(key, known);
      }
      const [from, to] = [before.variant.digest, after.variant.digest];
      if (from === to) continue;
      const shifts = measureShifts(of, index, ({ epoch, variant }) =>
        JSON.stringify([epoch, variant.digest]),
      );
      digests.push({
        ...{ kind: 'digest-changed', line: of.line, before: toNight(before), after: toNight(after) },
        ...{ from, to, shifts },
      });
    }
  }
  return { boundaries: [...boundaries.values()], digests };
}

export function toNight({ run }: Pick<LineNight, 'run'>): Night {
  return { run: run.id, at: run.startedAt };
}

/** Every metric on the nights on either side of `index`, each side as long as `sameAs` stays the same. */
function measureShifts(of: LineNights, index: number, sameAs: (night: LineNight) => string): Shift[] {
  const before = takeSame(of.nights.slice(0, index).reverse(), sameAs).reverse();
  const after = takeSame(of.nights.slice(index), sameAs);
  return listMetrics(of).flatMap((metric) => {
    const read = (nights: readonly LineNight[]) =>
      nights.map((it) => readLog(it, metric)).filter((it) => it !== null);
    const shift = measureShift(read(before), read(after));
    return shift === null ? [] : [{ line: of.line, metric, ...shift }];
  });
}

function takeSame(nights: readonly LineNight[], sameAs: (night: LineNight) => string): LineNight[] {
  const [first] = nights;
  if (first === undefined) return [];
  const end = nights.findIndex((it) => sameAs(it) !== sameAs(first));
  return nights.slice(0, end === -1 ? nights.length : end);
}
