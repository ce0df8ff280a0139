import { benchCommand } from './bench-command.ts';
import type { Env } from './github-context.ts';
import { type Command, readCommand } from './inputs.ts';

/** Each is loaded only where it is asked for: a benchmark is to start at once. */
const commands: Readonly<Record<Command, (env: Env) => Promise<void>>> = {
  bench: benchCommand,
  async compare(env) {
    const { compareCommand } = await import('./compare-command.ts');
    const { compareFolders } = await import('../compare-folders.ts');
    return compareCommand(env, compareFolders);
  },
};

/** The main step of the action. */
export function main(env: Env): Promise<void> {
  return commands[readCommand()](env);
}
