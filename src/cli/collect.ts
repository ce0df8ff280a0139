import type { Command } from 'commander';
export function addCollectCommand(program: Command): void {
  program.command('collect');
}
