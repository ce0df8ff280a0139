import type { Layout } from './latency-noise.ts';
import { type Cell, type CellResult, simulateCell } from './pull-requests.ts';

/** What is asked of verdicts on pull requests, and what is told beside it. */
export interface Scorecard {
  /** The worst cell of those without a change. */
  falseAlarmRate: number;
  /** The worst cell of those that the target names: 4 metrics, load SD ≤ 0.5 %. */
  power: Record<PowerName, number>;
  cells: (CellResult & { name: string; kind: CellKind; isQuiet: boolean })[];
}

type PowerName = '5at10' | '3at3';
/** quiet: nothing changed; the power targets; shown: told, and held to nothing. */
export type CellKind = 'quiet' | PowerName | 'shown';

const layout: Layout = { metrics: 4, prompts: 24, loads: 6, rounds: 2, resident: true };
const plain = { models: 1, layout, slower: null, stored: 4, looks: null };
const autocorrelations = [0.3, 0.6];
const loadSds = [0, 0.005, 0.01];
/** ln of the slowdown. */
const shifts: Record<PowerName, { cv: number; by: number }> = {
  '5at10': { cv: 0.1, by: Math.log(1.05) },
  '3at3': { cv: 0.03, by: Math.log(1.03) },
};
const powerNames = ['5at10', '3at3'] as const;

export interface NamedCell extends Cell {
  kind: CellKind;
  /** What is not the same as in the other cells. */
  title?: string;
}

/** Every cell is simulated from a seed of its own. */
export function simulateScorecardCell(index: number, pullRequests: number): CellResult {
  const cell = scorecardCells[index];
  if (cell === undefined) throw new RangeError(`There is no cell ${index}.`);
  return simulateCell(cell, pullRequests, index + 1);
}

/** @param results of all cells, in their order. */
export function summarizeCells(results: readonly CellResult[]): Scorecard {
  const cells = results.flatMap((result, index) => {
    const cell = scorecardCells[index];
    return cell === undefined ? [] : [{ ...describeCell(cell), ...result }];
  });
  const of = (kind: CellKind) => cells.filter((it) => it.kind === kind);
  const worstPower = (kind: PowerName) => Math.min(...of(kind).map(({ named }) => named));
  return {
    falseAlarmRate: Math.max(...of('quiet').map(({ falseAlarms }) => falseAlarms)),
    power: { '5at10': worstPower('5at10'), '3at3': worstPower('3at3') },
    cells,
  };
}

/** What a cell is called. */
export function describeCell(cell: NamedCell): { name: string; kind: CellKind; isQuiet: boolean } {
  return { name: nameCell(cell), kind: cell.kind, isQuiet: cell.slower === null };
}

export const scorecardCells: readonly NamedCell[] = listCells();

function listCells(): NamedCell[] {
  const looks = [6, 9, 12];
  const longer = { ...layout, loads: 12 };
  const usual = { cv: 0.1, autocorrelation: 0.3, loadSd: 0.005 };
  const noisy = { ...usual, loadSd: 0.01 };
  const quiet = [1, 10].flatMap((models) =>
    Object.values(shifts).flatMap(({ cv }) =>
      autocorrelations.flatMap((autocorrelation) =>
        loadSds.map((loadSd): NamedCell => {
          return { ...plain, kind: 'quiet', models, noise: { cv, autocorrelation, loadSd } };
        }),
      ),
    ),
  );
  const otherDesigns: NamedCell[] = [
    { ...plain, kind: 'quiet', noise: noisy, layout: longer, looks, title: 'looks at 6, 9, 12 loads' },
    {
      ...{ ...plain, kind: 'quiet', noise: noisy, title: '12 loads of one round, not resident' },
      layout: { ...layout, loads: 12, rounds: 1, resident: false },
    },
    { ...plain, kind: 'quiet', noise: noisy, stored: 0, title: 'no stored loads' },
  ];
  const power = powerNames.flatMap((kind) => {
    const { cv, by } = shifts[kind];
    const slower = () => by;
    const cell = (autocorrelation: number, loadSd: number, models = 1): Omit<NamedCell, 'kind'> => ({
      ...{ ...plain, models, slower, noise: { cv, autocorrelation, loadSd } },
      title: kind === '5at10' ? '5 % slower' : '3 % slower',
    });
    return [
      ...autocorrelations.flatMap((it) => [0, 0.005].map((sd) => ({ ...cell(it, sd), kind }))),
      ...[cell(0.3, 0.01), cell(0.3, 0.005, 10), cell(0.3, 0.01, 10)].map((it) => ({
        ...it,
        kind: 'shown' as const,
      })),
      {
        ...cell(0.3, 0.005),
        stored: 0,
        kind: 'shown' as const,
        title: `${cell(0, 0).title}, no stored loads`,
      },
      {
        ...{ ...cell(0.3, 0.01), layout: longer, looks, kind: 'shown' as const },
        title: `${cell(0, 0).title}, looks at 6, 9, 12 loads`,
      },
    ];
  });
  const single = Object.values(shifts).flatMap(({ cv }): NamedCell[] => {
    const cell = {
      ...plain,
      kind: 'shown' as const,
      layout: { ...layout, prompts: 20 },
      noise: { ...usual, cv },
    };
    return [
      { ...cell, slower: (prompt) => (prompt === 0 ? Math.log(2) : 0), title: '1 prompt of 20 at ×2' },
      { ...cell, slower: (prompt) => (prompt < 2 ? Math.log(1.5) : 0), title: '2 prompts of 20 at +50 %' },
    ];
  });
  return [...quiet, ...otherDesigns, ...power, ...single];
}

function nameCell({
  noise: { cv, autocorrelation, loadSd },
  models,
  title = 'nothing changed',
}: NamedCell): string {
  const percent = (share: number) => `${Number((share * 100).toPrecision(3))} %`;
  const shape = `CV ${percent(cv)}, load SD ${percent(loadSd)}, AR ${autocorrelation}`;
  return `${models * layout.metrics} metrics, ${shape}: ${title}`;
}
