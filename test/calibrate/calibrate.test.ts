import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeEach, describe, expect, it, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { calibrateClient } from '../../src/calibrate/calibrate-client.ts';
import { openHerdmarkReader } from '../../src/calibrate/herdmark-reader.ts';
import { openRawReader } from '../../src/calibrate/raw-reader.ts';
import { startTimedServer } from '../../src/calibrate/start-timed-server.ts';
import { calibration } from '../../src/schema/calibration.ts';
import { readCalibration } from '../../src/store/calibration-file.ts';

const cli = fileURLToPath(new URL('../../src/cli/index.ts', import.meta.url));
const clock = () => performance.now();

let state: string;
beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'herdmark-state-'));
});

/** Runs `herdmark calibrate` as a person does. */
async function calibrate(...args: string[]) {
  const env = { ...process.env, HERDMARK_STATE: state };
  return promisify(execFile)(process.execPath, [cli, 'calibrate', '--requests', '5', ...args], { env });
}

describe('herdmark calibrate', () => {
  it('prints a document with --json, how far it is beside it, and keeps it for runs to come', async () => {
    const { stdout, stderr } = await calibrate('--json');
    expect(calibration.strict().parse(JSON.parse(stdout))).toMatchObject({
      requests: 5,
      nodeVersion: process.versions.node,
      herdmarkVersion: expect.stringMatching(/^\d+\.\d+\.\d+/),
    });
    const versions = { herdmarkVersion: packageJson.version, nodeVersion: process.versions.node };
    expect(await readCalibration(state, versions)).toEqual(JSON.parse(stdout));
    expect(await readCalibration(state, { ...versions, nodeVersion: '1.0.0' })).toBeNull();
    expect(stderr).toMatch(/^Calibrating: 5 requests of each reader\.\n2\/5\n4\/5\n5\/5\n$/);
  });

  it('prints a table for people', async () => {
    const { stdout } = await calibrate();
    expect(stdout).toMatch(
      /error of +TTFT +p99 +chunk gaps[\s\S]*the client +[\d.]+ ms[\s\S]*a bare socket +[\d.]+ ms[\s\S]*Of 5 requests each/,
    );
  });
});

test('a calibration that is cancelled has no result', async () => {
  const signal = AbortSignal.timeout(50);
  expect(await calibrateClient({ requests: 1000, clock, signal })).toBeNull();
});

test.each([
  ['the client', openHerdmarkReader],
  ['the bare socket', openRawReader],
])('%s sees every chunk, one by one and as they pour in, over one connection', async (_, open) => {
  await using server = await startTimedServer();
  const reader = open(server.url, clock);
  const paced = await reader.ask({ id: 'a', pace: 'paced', chunks: 3, seed: 1 });
  const poured = await reader.ask({ id: 'b', pace: 'unpaced', chunks: 1200, seed: 1 });
  await reader.close();
  expect(paced.chunksMs).toHaveLength(3);
  expect(poured.chunksMs).toHaveLength(1200);
  const inOrder = [paced.sentMs, ...paced.chunksMs, paced.doneMs, poured.sentMs, ...poured.chunksMs];
  expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b));
  const { id, receivedMs, chunksMs, doneMs } = await server.tellOf('a');
  expect(id).toBe('a');
  const written = [receivedMs, ...chunksMs, doneMs];
  expect(written).toHaveLength(5);
  expect(written).toEqual(written.toSorted((a, b) => a - b));
});
