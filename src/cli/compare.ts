import { writeFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { compareWithEarlier, compareWithin } from '../compare.ts';
import { listAnswerPairs } from '../core/compare/answer-pairs.ts';
import { isAlarming } from '../core/compare/is-alarming.ts';
import type { Log } from '../core/log.ts';
import { renderVerdicts } from '../core/render/verdict-markdown.ts';
import type { Verdict } from '../schema/verdict.ts';
import { findRuns, type NamedRuns, readNewestRun } from '../store/find-runs.ts';
import { InputError } from '../store/input-error.ts';
import { readBase } from '../store/read-earlier-runs.ts';
import type { ComparableRun, RunSource } from '../store/run-source.ts';
import {
  addHistoryOptions,
  type HistoryOptions,
  openUsualRuns,
  usualRuns,
  withGivenHistory,
} from './history-options.ts';
import { renderVerdictTable } from './render-verdict.ts';
import { terminalLog } from './terminal-log.ts';

interface CompareOptions extends HistoryOptions {
  json?: true;
  markdown?: true;
  html?: string;
  failOn: 'never' | 'regression';
}

export function addCompareCommand(program: Command): void {
  const command = program
    .command('compare')
    .description('Say what changed between two runs, or between the two sides of one, and how sure that is')
    .argument(
      '[base]',
      'what came before: a run, or a place with runs, of which the latest before head are taken',
    )
    .argument('[head]', 'the later run, or a place with runs, of which the newest is taken');
  addHistoryOptions(command)
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
A run is its folder, <history>/<its id>, or its id alone with --history, --remote or --repo; the beginning of an id will
do. A place is a folder of runs or a history. One run alone is judged by the two sides that it measured in turn; if it did
not, and is of a history, against the runs before it. One place alone is its newest run. Without any, the place is the
history that is given, else ${usualRuns}. With a run of a history as base, those before it tell how much runs differ.

Examples:
  herdmark bench --config herdmark.yml --against main.yml   measure both in turn: the best there is
  herdmark compare .herdmark/runs/20261124t013000z-4f09ab   what that run found
  herdmark compare                                          the newest run against those before it
  herdmark compare .herdmark/history .herdmark/runs         the newest run against the nights of a history
  herdmark compare .herdmark/history/20261101t .herdmark/history/20261124t
  herdmark compare --repo example/llm-bench                 last night against the nights before it
  herdmark compare --repo example/llm-bench 20261101t 20261124t --html report.html --fail-on regression`,
    )
    .action(compare);
}

async function compare(
  first: string | undefined,
  second: string | undefined,
  options: CompareOptions,
): Promise<void> {
  const { verdict, runs } = await compareNamed([first, second], options, terminalLog);
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
  runs: ComparableRun[];
}

/**
 * Compares what a person names.
 * @throws {InputError} where there is no such thing, or nothing to compare; {UnreadableDocument} where it is damaged.
 */
export function compareNamed(
  [first, second]: readonly [base?: string | undefined, head?: string | undefined],
  place: HistoryOptions,
  log: Log,
): Promise<Compared> {
  return withGivenHistory(place, async (given) => {
    const usual = given ?? (await openUsualRuns());
    if (first === undefined || second === undefined) return judgeOne(first, { given, usual, log });
    const head = await readHead(await findRuns(second, usual), log);
    return judgeAgainst(await findRuns(first, usual), head, log);
  });
}

interface Where {
  given: RunSource | null;
  /** Where it is looked for what is named by its id. */
  usual: RunSource | null;
  log: Log;
}

/** A run's own two sides; else it is held against the runs before it, where it is told where they are. */
async function judgeOne(name: string | undefined, { given, usual, log }: Where): Promise<Compared> {
  const named = name === undefined ? placeAlone(usual) : await findRuns(name, usual);
  const head = await readHead(named, log);
  const source = named.kind === 'many' ? named.source : (given ?? named.source);
  if (head.comparison !== null || source === null)
    return { verdict: compareWithin(head, head), runs: [head] };
  return judgeAgainst({ kind: 'many', source }, head, log);
}

async function judgeAgainst(base: NamedRuns, head: ComparableRun, log: Log): Promise<Compared> {
  const { earlier, chosen } = await readBase(base, head.run, log);
  return { verdict: compareWithEarlier(earlier, head, chosen), runs: [...earlier, head] };
}

async function readHead(named: NamedRuns, log: Log): Promise<ComparableRun> {
  if (named.kind === 'one') return named.run;
  const { source } = named;
  const found = await readNewestRun(source, { log, asOf: new Date().toISOString() });
  log.info(`The newest run of ${source.place} is ${found.run.id}.`);
  return found;
}

function placeAlone(source: RunSource | null): NamedRuns {
  if (source !== null) return { kind: 'many', source };
  throw new InputError(
    'no-runs',
    `Which runs? There is no ${usualRuns} here: give two runs, a folder of runs or a history.`,
  );
}
