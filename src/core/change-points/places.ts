/**
 * Which night of a machine each position of a series is. Most series have every night, so only the beginnings of
 * unbroken rows are kept.
 */
export type Places = [position: number, night: number][];

/** @param position One more than the last; a night later than all before. */
export function addPlace(places: Places, position: number, night: number): void {
  const last = places.at(-1);
  if (last === undefined || night - last[1] !== position - last[0]) places.push([position, night]);
}

/** null for a position before the first. */
export function nightAt(places: Readonly<Places>, position: number): number | null {
  const row = places.findLast(([from]) => from <= position);
  return row === undefined ? null : row[1] + position - row[0];
}

/** The position of a night, or of the next one that the series has. */
export function positionFrom(places: Readonly<Places>, night: number): number {
  const row = places.findLastIndex(([, from]) => from <= night);
  const [position, from] = places[row] ?? [0, night];
  const end = places[row + 1]?.[0] ?? Number.POSITIVE_INFINITY;
  return Math.min(position + night - from, end);
}
