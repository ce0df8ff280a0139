import { readdir, readFile, stat } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { findChanges } from '../core/change-points/find-changes.ts';
import type { WatchedNight } from '../core/change-points/watched-night.ts';
import { groupNights } from '../core/history/nights.ts';
import { explainWrongClock } from '../core/history/wrong-clock.ts';
import { listAlarmLines, renderChangesSummary } from '../core/render/changes-summary.ts';
import { toPlainLine } from '../core/render/untrusted-text.ts';
import type { Changes } from '../schema/changes.ts';
import { changesDocument } from '../schema/documents.ts';
import type { HistoryRun } from '../schema/history.ts';
import type { Run } from '../schema/run.ts';
import { readDocument, UnreadableDocument } from '../schema/version.ts';
import { openHistory } from '../store/history/open-history.ts';
import { InputError } from '../store/input-error.ts';
import { readRunFolders } from '../store/read-run-folder.ts';
import { terminalLog } from './terminal-log.ts';

interface ChangesOptions {
  machine?: string;
  json?: true;
  github?: true;
  failOn: 'never' | 'alarm';
}

export function addChangesCommand(program: Command): void {
  program
    .command('changes')
    .description('Say what changed in the newest night: change points, moved tags, missing nights')
    .argument('[source]', 'a folder of runs, a history, or the changes.json of a site', '.herdmark/runs')
    .option('--machine <id>', 'of this machine alone')
    .option('--json', 'print everything that is known, of all nights, as JSON')
    .option(
      '--github',
      "write it into the job's summary, each alarm as a warning of the workflow run, their number as the output alarms",
    )
    .addOption(
      new Option('--fail-on <what>', 'exit with 1 where there is an alarm')
        .choices(['never', 'alarm'])
        .default('never'),
    )
    .addHelpText(
      'after',
      `
Examples:
  herdmark changes                                of the runs in .herdmark/runs
  herdmark changes .herdmark/history --json       of a history, for a program
  herdmark changes .herdmark/site/data/changes.json --github --fail-on alarm`,
    )
    .action(tellChanges);
}

const noNight =
  'There is no night yet. `herdmark bench` measures one, and `herdmark publish` puts it into the history.\n';

async function tellChanges(source: string, options: ChangesOptions): Promise<void> {
  const changes = await readChanges(source, new Date().toISOString());
  const { machine = null } = options;
  if (machine !== null && !changes.machines.some(({ id }) => id === machine)) {
    const known = changes.machines.map(({ id, label }) => `${id} (${label})`).join(', ') || 'none';
    throw new InputError('no-machine', `--machine: there is no run of ${machine}. Known: ${known}.`);
  }
  const alarms = listAlarmLines(changes, machine);
  const summary = changes.machines.length === 0 ? noNight : renderChangesSummary(changes, machine);
  if (options.github) await tellGithub(summary, alarms);
  process.stdout.write(options.json ? `${JSON.stringify(changes)}\n` : summary);
  if (options.failOn === 'alarm' && alarms.length > 0) process.exitCode = 1;
}

async function tellGithub(summary: string, alarms: readonly string[]): Promise<void> {
  const { setOutput, summary: jobSummary, warning } = await import('@actions/core');
  const { toLogText } = await import('../action/log.ts');
  if (process.env.GITHUB_STEP_SUMMARY === undefined) {
    throw new InputError(
      'no-job',
      '--github: this is no job of GitHub Actions (GITHUB_STEP_SUMMARY is not set). Leave the option out here.',
    );
  }
  await jobSummary.addRaw(summary).write();
  // A runner of long ago has no file for it, and would be told on standard output.
  if (process.env.GITHUB_OUTPUT !== undefined) setOutput('alarms', alarms.length);
  for (const line of alarms) warning(toLogText(line), { title: 'Herdmark' });
}

async function readChanges(source: string, asOf: string): Promise<Changes> {
  const found = await stat(source).catch((cause: unknown) => {
    throw new InputError('no-source', `${source}: there is nothing. Give a folder of runs or a history.`, {
      cause,
    });
  });
  if (found.isFile()) {
    const text = await readFile(source, 'utf8');
    return readDocument(changesDocument, parseJson(text, source));
  }
  const runs = (await isHistory(source)) ? await readHistory(source) : await readFolder(source);
  const nights = runs.filter(({ run, origin }) => {
    const wrong = explainWrongClock({ startedAt: run.startedAt, origin }, asOf);
    if (wrong !== null) terminalLog.warn(`Skipped ${run.id}: ${wrong}`);
    return wrong === null;
  });
  return findChanges(dropSuperseded(nights.map(({ run }) => run)), asOf);
}

/** One that begins holds nothing yet, but what git noted of it. */
async function isHistory(folder: string): Promise<boolean> {
  const names = (await readdir(folder)).filter((name) => !name.startsWith('.'));
  return names.length === 0 || names.includes('runs');
}

type WatchedRun = WatchedNight & Pick<Run, 'shard'>;

interface FoundRun {
  run: WatchedRun;
  origin: HistoryRun['origin'];
}

async function readFolder(folder: string): Promise<FoundRun[]> {
  const { runs } = await readRunFolders(folder, terminalLog);
  return runs.map(({ run }) => ({ run: pickWatched(run), origin: null }));
}

/** The runs of a history; one that is damaged is skipped with a warning, as the site does. */
async function readHistory(folder: string): Promise<FoundRun[]> {
  const history = await openHistory(folder);
  const runs: FoundRun[] = [];
  for (const id of history.runIds()) {
    try {
      const { run, origin } = await history.readRun(id);
      runs.push({ run: pickWatched(run), origin });
    } catch (error) {
      if (!(error instanceof UnreadableDocument)) throw error;
      terminalLog.warn(`Skipped ${id}: ${toPlainLine(error.message)}`);
    }
  }
  return runs;
}

/** What is watched of a run and no more, as thousands of whole ones are gigabytes. */
function pickWatched(run: Omit<Run, 'schemaVersion' | 'series'>): WatchedRun {
  const { id, startedAt, machine, campaign, status, shard, promptSet } = run;
  const { gpus, server } = run.environment;
  return {
    ...{ id, startedAt, machine, campaign, status, shard, promptSet },
    ...{ environment: { gpus, server }, plan: { cache: run.plan.cache } },
    variants: run.variants.map(({ name, digest, options, think, contextLength, metrics }) => ({
      ...{ name, digest, options, think, contextLength, metrics },
    })),
  };
}

/** What a later attempt measured again does not count, on the site neither. */
function dropSuperseded(runs: readonly WatchedRun[]): WatchedRun[] {
  const nights = groupNights(runs.map((run) => ({ ...run, machine: run.machine.id, run })));
  return nights.flatMap((night) => night.runs.map(({ run }) => run));
}

function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InputError('not-json', `${source}: this is not JSON.`, { cause });
  }
}
