import { type Command, Option } from 'commander';
import { groupNights } from '../core/history/nights.ts';
import { explainWrongClock } from '../core/history/wrong-clock.ts';
import { formatCount, formatQuantity, formatTime } from '../core/render/format.ts';
import { toPlainLine } from '../core/render/untrusted-text.ts';
import type { HistoryRun } from '../schema/history.ts';
import { type ExportFormat, exportFormats, exportHistory } from '../store/history/export-history.ts';
import { defaultHistoryBranch } from '../store/history/git-remote.ts';
import { type History, openHistory } from '../store/history/open-history.ts';
import { type HistoryPlace, pruneHistory, withHistoryFolder } from '../store/history/place.ts';
import { readWholeRun } from '../store/history/read-whole-run.ts';
import { verifyHistory } from '../store/history/verify-history.ts';
import { InputError } from '../store/input-error.ts';
import { alignColumns } from './align-columns.ts';
import { daysAgo } from './days-ago.ts';
import { findGivenPlace, type HistoryOptions } from './history-options.ts';
import { integerOption } from './option-values.ts';
import { terminalLog } from './terminal-log.ts';

export function addHistoryCommand(program: Command): void {
  const history = program.command('history').description('Look into a history, check it, thin it, export it');
  const add = (name: string, about: string, examples: string): Command =>
    history
      .command(name)
      .description(about)
      .option('--history <folder>', 'a history in a folder')
      .option('--remote <url>', 'or in a git repository')
      .option('--repo <owner/name>', 'or in a repository on GitHub; default $GITHUB_REPOSITORY')
      .option('--history-branch <name>', 'the branch with the history', defaultHistoryBranch)
      .addHelpText('after', `\nExamples:\n${examples}`);

  add(
    'show',
    'Say which runs of which machines a history has',
    '  herdmark history show --history .herdmark/history',
  )
    .argument('[run]', 'print this run as JSON, as its report had it')
    .action((id: string | undefined, options: HistoryOptions) => show(id, options));

  add(
    'verify',
    'Look whether a history is whole; exit with 1 where it is not',
    '  herdmark history verify --repo example/llm-bench',
  ).action(verify);

  add(
    'prune',
    'Remove the samples of old runs; runs, their series and the answers stay',
    '  herdmark history prune --keep-samples-days 180 --dry-run --repo example/llm-bench',
  )
    .requiredOption('--keep-samples-days <n>', 'how old a run may be to keep its samples', integerOption(1))
    .option('--dry-run', 'say what would be removed, and change nothing')
    .action(prune);

  add(
    'export',
    'Write a history as tables: runs, models, prompts, series and samples',
    '  herdmark history export --format parquet --out tables --history .herdmark/history',
  )
    .addOption(new Option('--format <format>', 'of the tables').choices(exportFormats).default('csv'))
    .requiredOption('--out <folder>', 'where to put them')
    .action(exportTables);
}

async function requirePlace(options: HistoryOptions): Promise<HistoryPlace> {
  const repo = options.repo ?? process.env.GITHUB_REPOSITORY;
  const found = await findGivenPlace({ ...options, repo });
  if (found !== null) return found.place;
  throw new InputError(
    'no-history',
    'Which history? Give --history <folder>, --remote <url> or --repo owner/name.',
  );
}

async function show(id: string | undefined, options: HistoryOptions): Promise<void> {
  await withHistoryFolder(await requirePlace(options), async (folder) => {
    const history = await openHistory(folder);
    if (id === undefined) process.stdout.write(`${(await describeHistory(history)).join('\n')}\n`);
    else process.stdout.write(`${JSON.stringify(await findRun(history, id), null, 2)}\n`);
  });
}

async function findRun(history: History, id: string) {
  if (!history.runIds().includes(id)) {
    throw new InputError(
      'no-run',
      `${id}: the history has no such run. See them with \`herdmark history show\`.`,
    );
  }
  return (await readWholeRun(history, id)).run;
}

async function describeHistory(history: History): Promise<string[]> {
  const asOf = new Date().toISOString();
  const runs: HistoryRun['run'][] = [];
  const misdated: string[] = [];
  const answers = new Set<string>();
  for (const id of history.runIds()) {
    const kept = await history.readRun(id);
    const wrong = explainWrongClock({ startedAt: kept.run.startedAt, origin: kept.origin }, asOf);
    if (wrong === null) runs.push(kept.run);
    else misdated.push(`${id}: ${wrong}`);
    for (const answer of kept.answers) answers.add(answer);
  }
  if (runs.length === 0) return ['The history has no night yet.', ...misdated];
  const machines = [...Map.groupBy(runs, ({ machine }) => machine.id)].map(([machine, of]) => {
    const nights = groupNights(of.map((run) => ({ ...run, machine })));
    const models = new Set(of.flatMap(({ variants }) => variants.map(({ name }) => name)));
    return [
      `${toPlainLine(of.at(-1)?.machine.label ?? '', 60)} (${machine})`,
      ...[of.length, nights.length, models.size].map(formatCount),
      formatTime(of[0]?.startedAt ?? ''),
      formatTime(of.at(-1)?.startedAt ?? ''),
    ];
  });
  return [
    ...alignColumns([['machine', 'runs', 'nights', 'models', 'first', 'last'], ...machines]),
    '',
    `${formatQuantity(runs.length, 'run')}, ${formatQuantity(answers.size, 'distinct answer')}`,
    ...misdated,
  ];
}

async function verify(options: HistoryOptions): Promise<void> {
  const asOf = new Date().toISOString();
  const { runs, files, problems, misdated } = await withHistoryFolder(await requirePlace(options), (folder) =>
    verifyHistory(folder, asOf),
  );
  for (const { path, problem } of misdated) terminalLog.warn(`${path}: ${problem}`);
  for (const { path, problem } of problems) terminalLog.warn(`${path}: ${problem}`);
  const found = `${formatQuantity(runs, 'run')} in ${formatQuantity(files, 'file')}`;
  if (problems.length === 0) terminalLog.info(`The history is whole: ${found}.`);
  else {
    terminalLog.warn(
      `The history is not whole: ${formatQuantity(problems.length, 'problem')} with ${found}.`,
    );
    process.exitCode = 1;
  }
}

async function prune(options: HistoryOptions & { keepSamplesDays: number; dryRun?: true }): Promise<void> {
  const { keepSamplesDays, dryRun = false } = options;
  const before = daysAgo(keepSamplesDays);
  const pruned = await pruneHistory(await requirePlace(options), { before, dryRun });
  const verb = dryRun ? 'Would remove' : 'Removed';
  terminalLog.info(
    `${verb} the samples of ${formatQuantity(pruned.length, 'run')} from before ${before.toISOString().slice(0, 10)}.`,
  );
}

async function exportTables(options: HistoryOptions & { format: ExportFormat; out: string }): Promise<void> {
  const { format, out } = options;
  const { rows, files } = await withHistoryFolder(await requirePlace(options), async (folder) =>
    exportHistory(await openHistory(folder), format, out),
  );
  const counts = Object.entries(rows).map(([table, count]) => `${formatQuantity(count, 'row')} of ${table}`);
  terminalLog.info(`Wrote ${counts.join(', ')}:`);
  for (const file of files) terminalLog.info(`  ${file}`);
}
