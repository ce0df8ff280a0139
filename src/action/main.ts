import { benchCommand } from './bench-command.ts';
import type { Env } from './github-context.ts';
import { readCommand } from './inputs.ts';

const commands = { bench: benchCommand };

/** The main step of the action. */
export function main(env: Env): Promise<void> {
  return commands[readCommand()](env);
}
