import { widen } from './value-range.ts';

export interface SparkInput {
  timeMs: number;
  /** null breaks the line. */
  value: number | null;
  /** Draws a vertical mark here. */
  isMarked: boolean;
  pausedBefore: boolean;
}

export interface Spark {
  /** SVG path data, one subpath for each unbroken stretch. */
  path: string;
  /** Points with a gap on both sides, which a path would not show. */
  dots: { x: number; y: number }[];
  marks: number[];
  last: { x: number; y: number } | null;
}

/** Lays values out over time in a box of the given size, larger values higher. */
export function drawSparkline(
  inputs: readonly SparkInput[],
  width: number,
  height: number,
  inset = 3,
): Spark {
  const values = inputs.flatMap(({ value }) => value ?? []);
  const times = inputs.map(({ timeMs }) => timeMs);
  const scaleX = scale(Math.min(...times), Math.max(...times), inset, width - inset);
  const { min, max } = widen(Math.min(...values), Math.max(...values));
  const scaleY = scale(min, max, height - inset, inset);

  const stretches: { x: number; y: number }[][] = [];
  let current: { x: number; y: number }[] = [];
  for (const { timeMs, value, pausedBefore } of inputs) {
    if (value === null || pausedBefore) current = [];
    if (value === null) continue;
    if (current.length === 0) stretches.push(current);
    current.push({ x: scaleX(timeMs), y: scaleY(value) });
  }
  const path = stretches
    .filter(({ length }) => length > 1)
    .map((points) => points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join(''))
    .join('');
  return {
    path,
    dots: stretches.flatMap((points) => (points.length === 1 ? points : [])),
    marks: inputs.filter(({ isMarked }) => isMarked).map(({ timeMs }) => scaleX(timeMs)),
    last: stretches.at(-1)?.at(-1) ?? null,
  };
}

function scale(from: number, to: number, start: number, end: number): (value: number) => number {
  return (value) => {
    const share = to === from ? 0.5 : (value - from) / (to - from);
    return Math.round((start + share * (end - start)) * 10) / 10;
  };
}
