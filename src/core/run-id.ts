/** A run's id, e.g. `20261124t013000z-4f09ab`: it sorts by start time, and two runs of one second differ. */
export function createRunId(startedAt: Date, randomHex: string): string {
  const stamp = startedAt.toISOString().replace(/\.\d+/, '').replace(/[-:]/g, '').toLowerCase();
  return `${stamp}-${randomHex}`;
}
