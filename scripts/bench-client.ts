// npm run bench:client: how accurate and how fast the client is, beside what people use instead.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { median } from 'simple-statistics';
import { measureRates, measureTimings } from '../src/calibrate/drive-readers.ts';
import { openHerdmarkReader } from '../src/calibrate/herdmark-reader.ts';
import { openRawReader } from '../src/calibrate/raw-reader.ts';
import { startTimedServer } from '../src/calibrate/start-timed-server.ts';
import { integerOption } from '../src/cli/option-values.ts';
import { terminalLog } from '../src/cli/terminal-log.ts';
import type { Log } from '../src/core/log.ts';
import { clock } from '../src/open-ollama.ts';
import { measureFirstRequest } from './bench-client/first-request.ts';
import { type ClientName, type Comparison, renderComparison } from './bench-client/render-comparison.ts';
import { openOllamaJsReader, openUndiciRequestReader } from './bench-client/rivals.ts';
import { longAnswers, measureWallOverServer } from './bench-client/wall-over-server.ts';

interface Options {
  requests: number;
  rounds: number;
  loads: number;
  starts: number;
  dist: string;
  json?: true;
}

/** 24 chunks, 2 to 8 ms apart. */
const chunks = 24;
/** Some 15 µs for each of half a dozen wake-ups are usual. */
const longestWaitMs = 0.25;
const pouredChunks = 60_000;
const pouredTurns = 25;

const { requests, rounds, loads, starts, dist, json } = new Command('bench:client')
  .description(
    'The client’s errors and rates beside a raw socket reader, undici.request and the ollama package: one server of ' +
      'known timing in another process, all of them in turn. It takes about five minutes.',
  )
  .option('--requests <n>', 'requests of each client in a round', integerOption(1), 150)
  .option('--rounds <n>', 'rounds; quantiles are of all of them', integerOption(1), 3)
  .option('--loads <n>', 'loads of each model in the benchmark on the embedded engine', integerOption(1), 3)
  .option('--starts <n>', 'starts of the action', integerOption(1), 15)
  .option('--dist <folder>', 'where the built action is', join(import.meta.dirname, '..', 'dist'))
  .option('--json', 'print the figures as one line of JSON; the table goes to standard error')
  .parse()
  .opts<Options>();

await using server = await startTimedServer();
const readers = {
  herdmark: openHerdmarkReader(server.url, clock),
  raw: openRawReader(server.url, clock),
  undiciRequest: openUndiciRequestReader(server.url, clock),
  ollamaJs: openOllamaJsReader(server.url, clock),
};

terminalLog.info('Chunks per second …');
const rates = {
  1: await measureRates(readers, { streams: 1, chunks: pouredChunks, turns: pouredTurns }),
  32: await measureRates(readers, { streams: 32, chunks: pouredChunks, turns: pouredTurns }),
};
const total = requests * rounds;
terminalLog.info(`Errors over ${total} requests of each client …`);
let turns = 0;
const timings = await measureTimings(readers, server, {
  ...{ requests: total, chunks, longestWaitMs },
  onTurn: (done) => {
    if (++turns % 50 === 0) terminalLog.info(`${done} of ${total}, after ${turns} turns`);
  },
});
terminalLog.info('Wall time over server time …');
const quiet: Log = { info: () => undefined, warn: terminalLog.warn };
const ratios = await measureWallOverServer({ loads, prompts: longAnswers, log: quiet });
const shortRatios = await measureWallOverServer({ loads, prompts: 'core', log: quiet });
terminalLog.info('Time to first request …');
const entry = join(dist, 'index.js');
if (!existsSync(entry)) throw new Error(`There is no ${entry}: build it with npm run build.`);
const firstRequests = await measureFirstRequest(entry, starts);

const byClient = <Value>(valueFor: (name: ClientName) => Value): Record<ClientName, Value> => ({
  herdmark: valueFor('herdmark'),
  raw: valueFor('raw'),
  undiciRequest: valueFor('undiciRequest'),
  ollamaJs: valueFor('ollamaJs'),
});
const comparison: Comparison = {
  requests: total,
  retakes: timings.retakes,
  ttftErrorMs: byClient((name) => timings.errors[name].ttftErrorMs),
  gapErrorMs: byClient((name) => timings.errors[name].gapErrorMs),
  e2eErrorMs: byClient((name) => timings.errors[name].e2eErrorMs),
  eventLoopDelayMsP99: timings.eventLoopDelayMsP99,
  chunksPerSecond: byClient((name) => ({ 1: rates[1][name], 32: rates[32][name] })),
  wallOverServer: median(ratios),
  wallOverServerByLoad: ratios,
  wallOverServerOfShortAnswers: median(shortRatios),
  firstRequestMs: median(firstRequests),
  firstRequestMsByStart: firstRequests,
};
(json ? process.stderr : process.stdout).write(renderComparison(comparison));
if (json) process.stdout.write(`${JSON.stringify(comparison)}\n`);
for (const reader of Object.values(readers)) await reader.close();
