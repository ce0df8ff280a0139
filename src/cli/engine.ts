import type { Command } from 'commander';
import { integerOption } from './option-values.ts';
import { terminalLog } from './terminal-log.ts';

const defaultPort = 11_500;

interface EngineOptions {
  port: number;
  models?: string;
}

export function addEngineCommand(program: Command): void {
  program
    .command('engine')
    .description(
      'Serve two tiny models, or a folder of GGUF files, over an Ollama-compatible API on this machine',
    )
    .option(
      '--port <port>',
      'where to listen on 127.0.0.1; 0 takes any free port',
      integerOption(0),
      defaultPort,
    )
    .option('--models <folder>', 'serve the .gguf files in here instead of the tiny models')
    .addHelpText(
      'after',
      `
Examples:
  herdmark engine                          herdmark-tiny:v1 and herdmark-tiny:v2 on port ${defaultPort}
  herdmark engine --models ~/models        every .gguf in a folder
  herdmark bench --host http://127.0.0.1:${defaultPort} --model herdmark-tiny:v2`,
    )
    .action(serve);
}

async function serve({ port, models }: EngineOptions): Promise<void> {
  const { startEngine } = await import('../embedded/server.ts');
  const engine = await startEngine({ port, ...(models === undefined ? {} : { modelsDir: models }) });
  terminalLog.info(`Listening on ${engine.url} (Ctrl-C to stop)`);
  await new Promise<void>((resolve) => {
    // disconnect: whoever started this with a channel is gone.
    for (const end of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.once(end, () => resolve());
  });
  await engine.close();
  if (process.connected) process.disconnect();
}
