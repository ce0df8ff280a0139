#!/usr/bin/env node
import { Command } from 'commander';
import { addBenchCommand } from './bench.ts';
import { addCalibrateCommand } from './calibrate.ts';
import { addChangesCommand } from './changes.ts';
import { addCollectCommand } from './collect.ts';
import { addCompareCommand } from './compare.ts';
import { addDemoCommand } from './demo.ts';
import { addEngineCommand } from './engine.ts';
import { addHistoryCommand } from './history.ts';
import { addPromptsCommand } from './prompts.ts';
import { addPublishCommand } from './publish.ts';
import { reportFailure } from './report-failure.ts';
import { addSiteCommand } from './site.ts';

const program = new Command('herdmark')
  .description('Continuous benchmarks for Ollama models: measured on your GPU, judged on their answers.')
  .showHelpAfterError('(add --help for the options and examples)');

for (const add of [
  addBenchCommand,
  addCompareCommand,
  addChangesCommand,
  addSiteCommand,
  addCollectCommand,
  addPublishCommand,
  addHistoryCommand,
  addPromptsCommand,
  addCalibrateCommand,
  addEngineCommand,
  addDemoCommand,
]) {
  add(program);
}

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = reportFailure(error);
}
