import type { Command } from 'commander';
import { calibrateClient } from '../calibrate/calibrate-client.ts';
import { formatCount, formatMs, formatPercent, formatQuantity } from '../core/render/format.ts';
import { clock } from '../open-ollama.ts';
import type { Calibration } from '../schema/calibration.ts';
import { writeCalibration } from '../store/calibration-file.ts';
import { loadConfig } from '../store/load-config.ts';
import { loadPromptSet } from '../store/load-prompt-set.ts';
import { findStateFolder } from '../store/state-folder.ts';
import { alignColumns } from './align-columns.ts';
import { integerOption } from './option-values.ts';
import { terminalLog } from './terminal-log.ts';
import { terminalProgress } from './terminal-progress.ts';

interface CalibrateOptions {
  requests: number;
  aa?: string;
  host?: string;
  json?: true;
}

export function addCalibrateCommand(program: Command): void {
  program
    .command('calibrate')
    .description(
      "Measure the client's own error and speed on this machine, beside a bare socket's, against a server of known timing",
    )
    .option('--requests <n>', 'timed requests of each', integerOption(1), 150)
    .option(
      '--aa <model>',
      'instead: how much loads of a model differ from each other here, for verdicts to come',
    )
    .option('--host <url>', 'with --aa: where Ollama is')
    .option('--json', 'print it as JSON on standard output')
    .addHelpText(
      'after',
      `
Examples:
  herdmark calibrate                   15 seconds
  herdmark calibrate --requests 1000   a p99 that holds still
  herdmark calibrate --aa qwen3:8b     the same model against itself
  herdmark calibrate --json | jq .ttftErrorMs.herdmark.p50`,
    )
    .action(calibrate);
}

async function calibrate({ requests, aa, host, json }: CalibrateOptions): Promise<void> {
  if (aa !== undefined) return calibrateLoads(aa, host, json);
  terminalLog.info(`Calibrating: ${formatQuantity(requests, 'request')} of each reader.`);
  const quarter = Math.ceil(requests / 4);
  const onProgress = ({ done, total }: { done: number; total: number }) => {
    if (done % quarter === 0 || done === total) terminalLog.info(`${done}/${total}`);
  };
  const calibration = await calibrateClient({ requests, clock, onProgress });
  if (calibration === null) return;
  // Runs from now on carry it.
  await writeCalibration(findStateFolder(), calibration);
  process.stdout.write(json ? `${JSON.stringify(calibration)}\n` : renderCalibration(calibration));
}

/** A model against itself: whatever differs is how loads differ. It is kept, and later verdicts count with it. */
async function calibrateLoads(
  model: string,
  host: string | undefined,
  json: true | undefined,
): Promise<void> {
  const config = await loadConfig(null, { models: [model], host });
  const promptSet = await loadPromptSet(config.prompts, '.');
  const { measureLoadNoise } = await import('../bench-against.ts');
  const here = {
    config,
    promptSet,
    outDir: '.herdmark/runs',
    log: terminalLog,
    progress: terminalProgress(),
  };
  const found = await measureLoadNoise(here);
  const rows = found.map(({ metric, variance, degreesOfFreedom }) => [
    ...[metric, formatPercent(Math.sqrt(variance)), formatCount(Math.round(degreesOfFreedom))],
  ]);
  const table = alignColumns([['metric', 'SD between loads', 'degrees of freedom'], ...rows]);
  process.stdout.write(json ? `${JSON.stringify(found)}\n` : `\n${table.join('\n')}\n\n`);
}

/** A line for the client and one for the bare socket. */
function renderCalibration(calibration: Calibration): string {
  const { ttftErrorMs, gapErrorMs, e2eErrorMs, chunksPerSecond, requests } = calibration;
  const rows = [
    ['error of', 'TTFT', 'p99', 'chunk gaps', 'p99', 'E2E', 'p99', 'chunks/s', '32 streams'],
    ...(['herdmark', 'raw'] as const).map((name) => [
      name === 'raw' ? 'a bare socket' : 'the client',
      ...[ttftErrorMs, gapErrorMs, e2eErrorMs].flatMap((of) => [
        formatMs(of[name].p50),
        formatMs(of[name].p99),
      ]),
      ...[formatCount(chunksPerSecond[name].one), formatCount(chunksPerSecond[name].thirtyTwo)],
    ]),
  ];
  return [
    '',
    ...alignColumns(rows),
    '',
    `Of ${formatQuantity(requests, 'request')} each: median and p99, as they were. The way to the server and back is in them.`,
    `The event loop was late by up to ${formatMs(calibration.eventLoopDelayMsP99)} (p99).`,
    '',
  ].join('\n');
}
