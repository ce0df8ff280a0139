import type { Writable } from 'node:stream';
import { historyRuleNames } from './rules.ts';
import type { SeriesFigures } from './score-folder.ts';
import type { ShapeResult } from './simulate-history.ts';

const nameWidth = 24;
const cellWidth = 17;

export function printHistoryHead(out: Writable): void {
  print(out, '', historyRuleNames);
}

/** F1, false alarms per 1,000 nights, delay; below it, how high the false alarms may be at 95 %. */
export function printHistory(out: Writable, { id, years, rules }: ShapeResult): void {
  const cells = historyRuleNames.map((rule) => {
    const { f1, falsePer1000, falsePer1000AtMost, delay } = rules[rule];
    const alarms = formatRate(falsePer1000);
    if (f1 === null) return `${alarms} (≤ ${formatRate(falsePer1000AtMost)})`;
    return `${f1.toFixed(2)} · ${alarms} · ${delay ?? '–'}`;
  });
  print(out, `${id} × ${years}`, cells);
}

export function printSeries(out: Writable, { series, rules }: SeriesFigures): void {
  const cells = historyRuleNames.map((rule) => {
    const { f1, falseAlarms, delay } = rules[rule];
    return `${f1?.toFixed(2) ?? '–'} · ${falseAlarms} · ${delay ?? '–'}`;
  });
  print(out, `${series} labelled`, cells);
  const withOrigin = historyRuleNames.map((rule) => rules[rule].f1WithOrigin?.toFixed(2) ?? '–');
  print(out, 'their F1 with an origin', withOrigin);
}

function formatRate(rate: number): string {
  return rate.toFixed(rate < 1 ? 3 : 0);
}

function print(out: Writable, name: string, cells: readonly string[]): void {
  out.write(`${name.padEnd(nameWidth)}${cells.map((it) => it.padStart(cellWidth)).join('')}\n`);
}
