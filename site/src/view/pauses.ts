/** Of the usual interval: within this share more or less of it, runs keep a rhythm; beyond it, one was missed. */
const tolerance = 0.5;

/**
 * Before which of these times (oldest first) there was no run for much longer than usual: a line across it would claim
 * what nobody saw. Only runs that keep a rhythm can miss a beat: where they come as they please, every wait is as good
 * as another.
 */
export function findPauses(timesMs: ArrayLike<number>): boolean[] {
  const waits = Float64Array.from(
    { length: Math.max(timesMs.length - 1, 0) },
    (_, index) => (timesMs[index + 1] ?? 0) - (timesMs[index] ?? 0),
  );
  const usual = waits.toSorted()[Math.floor((waits.length - 1) / 2)] ?? 0;
  const onTime = waits.filter((wait) => Math.abs(wait - usual) <= usual * tolerance).length;
  const hasRhythm = waits.length >= 3 && onTime >= waits.length * 0.7;
  return Array.from(
    { length: timesMs.length },
    (_, index) => hasRhythm && index > 0 && (waits[index - 1] ?? 0) > usual * (1 + tolerance),
  );
}
