import packageJson from '../../package.json' with { type: 'json' };
import type { Log } from '../core/log.ts';
import type { Calibration } from '../schema/calibration.ts';
import { readCalibration, writeCalibration } from '../store/calibration-file.ts';

/** Enough for a p50 that holds still; a run should not wait long for it. */
const requests = 40;

/**
 * The client's own error on this machine: as it was measured with these versions of Herdmark and Node, else measured
 * now, in seconds, and kept. null where that was cancelled, or failed.
 * @param stateFolder null: nothing is kept.
 */
export async function findCalibration(
  stateFolder: string | null,
  { log, clock, signal }: { log: Log; clock(): number; signal: AbortSignal },
): Promise<Calibration | null> {
  const versions = { herdmarkVersion: packageJson.version, nodeVersion: process.versions.node };
  const known = stateFolder === null ? null : await readCalibration(stateFolder, versions);
  if (known !== null) return known;
  log.info('Measuring the client’s own error on this machine, once for this version …');
  const { calibrateClient } = await import('./calibrate-client.ts');
  try {
    const measured = await calibrateClient({ requests, clock, signal });
    if (measured !== null && stateFolder !== null) await writeCalibration(stateFolder, measured);
    return measured;
  } catch (error) {
    // A night of measuring is worth more than the error bar of its client.
    log.warn(`The client’s own error could not be measured: ${String(error)}`);
    return null;
  }
}
