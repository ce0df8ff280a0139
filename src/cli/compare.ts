import { writeFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { compareWithEarlier, compareWithin } from '../compare.ts';
import { listAnswerPairs } from '../core/compare/answer-pairs.ts';
import { isAlarming } from '../core/compare/is-alarming.ts';
import { renderVerdicts } from '../core/render/verdict-markdown.ts';
import type { Verdict } from '../schema/verdict.ts';
import { isRunFolder, readEarlierRuns } from '../store/read-earlier-runs.ts';
import { readWholeRun, type StoredWholeRun } from '../store/read-whole-run.ts';
import { renderVerdictTable } from './render-verdict.ts';
import { terminalLog } from './terminal-log.ts';

interface CompareOptions {
  json?: true;
  markdown?: true;
  html?: string;
  failOn: 'never' | 'regression';
}

export function addCompareCommand(program: Command): void {
  program
    .command('compare')
    .description('Say what changed between two runs, or between the two sides of one, and how sure that is')
    .argument('<base>', "a run's folder, or a folder of runs: the latest ones before head are taken")
    .argument('[head]', "the later run's folder; without it, base is a run that measured two sides in turn")
    .option('--json', 'print the verdict as JSON')
    .option('--markdown', 'print it as it stands in a pull request')
    .option('--html <file>', 'also write a report that a browser opens, with all answers that changed')
    .addOption(
      new Option('--fail-on <what>', 'exit with 1 where something regressed')
        .choices(['never', 'regression'])
        .default('never'),
    )
    .addHelpText(
      'after',
      `
Examples:
  herdmark bench --config herdmark.yml --against main.yml   measure both in turn: the best there is
  herdmark compare .herdmark/runs/20261124t013000z-4f09ab   what that run found
  herdmark compare .herdmark/runs .herdmark/runs/20261124t… the last run against those before it
  herdmark compare BASE HEAD --html report.html --fail-on regression`,
    )
    .action(compare);
}

async function compare(base: string, head: string | undefined, options: CompareOptions): Promise<void> {
  const { verdict, runs } = head === undefined ? await within(base) : await between(base, head);
  const answers = listAnswerPairs(verdict, runs);
  if (options.html !== undefined) {
    const { renderReport } = await import('../report/html-report.ts');
    await writeFile(options.html, renderReport([verdict], answers));
    terminalLog.info(`The report is in ${options.html}`);
  }
  if (options.json) process.stdout.write(`${JSON.stringify(verdict)}\n`);
  else if (options.markdown) process.stdout.write(renderVerdicts([verdict], { reportUrl: null, answers }));
  else process.stdout.write(renderVerdictTable(verdict));
  if (options.failOn === 'regression' && isAlarming(verdict)) process.exitCode = 1;
}

interface Compared {
  verdict: Verdict;
  runs: StoredWholeRun[];
}

async function within(folder: string): Promise<Compared> {
  const whole = await readWholeRun(folder);
  return { verdict: compareWithin(whole, whole.plan), runs: [whole] };
}

async function between(base: string, head: string): Promise<Compared> {
  const after = await readWholeRun(head);
  const earlier = isRunFolder(base) ? [await readWholeRun(base)] : await readEarlierRuns(base, after.run);
  return { verdict: compareWithEarlier(earlier, after), runs: [...earlier, after] };
}
