import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Calibration, calibration } from '../schema/calibration.ts';

const fileName = 'calibration.json';

/** The calibration of this machine, if it was made with these versions; null where there is none. */
export async function readCalibration(
  stateFolder: string,
  { herdmarkVersion, nodeVersion }: Pick<Calibration, 'herdmarkVersion' | 'nodeVersion'>,
): Promise<Calibration | null> {
  const text = await readFile(join(stateFolder, fileName), 'utf8').catch(() => '');
  const stored = calibration.safeParse(parseJson(text));
  if (!stored.success) return null;
  const isOfThese =
    stored.data.herdmarkVersion === herdmarkVersion && stored.data.nodeVersion === nodeVersion;
  return isOfThese ? stored.data : null;
}

export async function writeCalibration(stateFolder: string, value: Calibration): Promise<void> {
  await mkdir(stateFolder, { recursive: true });
  await writeFile(join(stateFolder, fileName), `${JSON.stringify(value, null, 2)}\n`);
}

/** What is damaged is measured again. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
