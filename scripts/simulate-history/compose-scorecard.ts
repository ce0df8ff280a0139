import type { Scorecard } from '../../src/schema/scorecard.ts';
import type { Scorecard as PullRequests } from '../simulate/scorecard.ts';
import { historyRuleNames, historyRuleTitles } from './rules.ts';
import type { ShapeResult } from './simulate-history.ts';

/** What is published of a simulation: nothing that another machine would measure otherwise. */
export function composeScorecard(
  seed: number,
  shapes: readonly ShapeResult[],
  perCell: number,
  { falseAlarmRate, power, cells }: PullRequests,
): Scorecard {
  return {
    seed,
    rules: historyRuleNames.map((id) => ({ id, title: historyRuleTitles[id] })),
    shapes: shapes.map((shape) => ({ ...shape, rules: mapValues(shape.rules, roundAll) })),
    pullRequests: {
      ...{ perCell, falseAlarmRate, power },
      cells: cells.map(({ name, isQuiet, falseAlarms, named, unchanged, peers }) => ({
        ...{ title: name, isQuiet },
        ...roundAll({ falseAlarms, named, unchanged }),
        peers: mapValues(peers, roundAll),
      })),
    },
  };
}

/** To four digits after the point: more of them would be of the seed, and not of the rule. */
function roundAll<Figures extends Record<keyof Figures, number | null>>(figures: Figures): Figures {
  return mapValues(figures, (it) => (it === null ? null : Number(Number(it).toFixed(4)))) as Figures;
}

function mapValues<Key extends string, From, To>(
  of: Readonly<Record<Key, From>>,
  map: (value: From) => To,
): Record<Key, To> {
  const entries = Object.entries<From>(of).map(([key, value]) => [key, map(value)]);
  return Object.fromEntries(entries);
}
