import type { Command } from 'commander';
import { findNeededCapabilities } from '../core/capabilities.ts';
import { loadPromptSet, publishPromptSet } from '../store/load-prompt-set.ts';
import { terminalLog } from './terminal-log.ts';

export function addPromptsCommand(program: Command): void {
  const prompts = program.command('prompts').description('Check prompt sets, and publish them');

  prompts
    .command('check')
    .description('Say whether a prompt set is right, and whether it still is what was published')
    .argument('<set>', 'a built-in set ("core", "core@1") or the path of a .yaml file')
    .addHelpText(
      'after',
      '\nExamples:\n  herdmark prompts check core\n  herdmark prompts check prompts/support.v2.yaml',
    )
    .action(async (name: string) => {
      const set = await loadPromptSet(name, process.cwd());
      const needs = [...new Set(set.prompts.flatMap(findNeededCapabilities))].join(', ');
      const about = `${set.prompts.length} prompts for models with ${needs}, ${set.hash}`;
      terminalLog.info(`${set.id}@${set.version} is right: ${about}`);
    });

  prompts
    .command('publish')
    .description(
      'Record a version as published, in published.json beside it: from then on it cannot be changed',
    )
    .argument('<set>', 'a built-in set or the path of a .yaml file')
    .addHelpText('after', '\nExample:\n  herdmark prompts publish prompts/support.v2.yaml')
    .action(async (name: string) => {
      const set = await publishPromptSet(name, process.cwd());
      terminalLog.info(`${set.id}@${set.version} is published as ${set.hash}`);
    });
}
