import { formatCount, formatNumber, missing } from '../../../src/core/render/format.ts';
import { formatPlainPercent } from '../../../src/core/render/verdict-format.ts';
import { type Scorecard, scorecard } from '../../../src/schema/scorecard.ts';

/** The scorecard, where it was made; null where it was not, or where another version of the bench wrote it. */
export function readScorecard(json: unknown): Scorecard | null {
  const read = scorecard.safeParse(json);
  return read.success ? read.data : null;
}

/** Rules beside each other, Herdmark first, on everything that was drawn; each measure is a row. */
export interface ScoreTable {
  rules: string[];
  drawn: {
    title: string;
    /** How much of it: `200 years`. */
    note: string | null;
    measures: { name: string; values: string[] }[];
  }[];
}

/** Simulated histories: F1, false alarms per 1,000 nights and delay in nights, where there is something to tell. */
export function tabulateHistories({ rules, shapes }: Scorecard): ScoreTable {
  return {
    rules: rules.map(({ title }) => title),
    drawn: shapes.map(({ title, years, rules: of }) => {
      const figures = rules.map(({ id }) => of[id]);
      const [own] = figures;
      const rows = [
        { name: 'F1', values: figures.map((it) => it?.f1) },
        { name: 'false per 1,000', values: figures.map((it) => it?.falsePer1000) },
        { name: 'delay, nights', values: figures.map((it) => it?.delay) },
      ];
      const measures = rows
        .filter(({ values }) => values.some((it) => it !== null && it !== undefined))
        .map(({ name, values }) => ({ name, values: values.map(show) }));
      for (const { name, values } of measures)
        if (name === 'false per 1,000' && own) values[0] += ` ≤ ${show(own.falsePer1000AtMost)}`;
      return { title, note: `${formatCount(years)} years`, measures };
    }),
  };
}

/** Simulated pull requests: how often something was called changed that was not, and what changed was called so. */
export function tabulatePullRequests({ pullRequests: { cells } }: Scorecard): ScoreTable {
  const peers = [...new Set(cells.flatMap((cell) => Object.keys(cell.peers)))];
  return {
    rules: ['Herdmark', ...peers],
    drawn: cells.map((cell) => {
      const figures = [cell, ...peers.map((name) => cell.peers[name])];
      const shares = (read: (it: { falseAlarms: number; named: number }) => number) =>
        figures.map((it) => formatPlainPercent(it === undefined ? null : read(it)));
      return {
        title: cell.title,
        note: null,
        measures: [
          { name: 'false', values: shares((it) => it.falseAlarms) },
          ...(cell.isQuiet ? [] : [{ name: 'named', values: shares((it) => it.named) }]),
        ],
      };
    }),
  };
}

function show(value: number | null | undefined): string {
  if (value === null || value === undefined) return missing;
  return Number.isInteger(value) ? formatCount(value) : formatNumber(value);
}
