import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import { writeCalibration } from '../src/store/calibration-file.ts';

const errors = { herdmark: { p50: 0.2, p99: 0.9 }, raw: { p50: 0.1, p99: 0.8 } };
const rates = { one: 1_000_000, thirtyTwo: 2_000_000 };

/** A folder for HERDMARK_STATE of a machine whose client was calibrated before, so that a test need not wait for it. */
export async function makeStateFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'herdmark-state-'));
  await writeCalibration(folder, {
    measuredAt: '2026-11-24T01:00:00.000Z',
    requests: 40,
    ...{ herdmarkVersion: packageJson.version, nodeVersion: process.versions.node },
    ...{ ttftErrorMs: errors, gapErrorMs: errors, e2eErrorMs: errors, eventLoopDelayMsP99: 1 },
    chunksPerSecond: { herdmark: rates, raw: rates },
  });
  return folder;
}
