import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { hashJson } from '../core/hash.ts';
import type { Log } from '../core/log.ts';
import { formatTime } from '../core/render/format.ts';
import { renderRunSummary } from '../core/render/run-summary.ts';
import { promptSet } from '../schema/prompt-set.ts';
import { sha256Text } from '../store/hash-text.ts';
import { readJson, type UnfinishedRun } from '../store/journal.ts';
import { openRunFolder } from '../store/run-folder.ts';
import { composeRun } from './compose-run.ts';
import { interrupted, recall } from './resume.ts';

/** Reports runs that were killed too long ago to go on with, and puts their folders into `outDir`. Returns their paths. */
export async function reportUnfinished(
  unfinished: readonly UnfinishedRun[],
  outDir: string,
  log: Log,
): Promise<string[]> {
  const paths: string[] = [];
  for (const it of unfinished) {
    if (it.samples.length === 0) {
      await rm(it.path, { recursive: true, force: true });
      continue;
    }
    log.info(
      `The run of ${formatTime(it.facts.startedAt)} was killed, and is reported now as far as it came.`,
    );
    paths.push(await report(it, outDir));
  }
  return paths;
}

async function report(unfinished: UnfinishedRun, outDir: string): Promise<string> {
  const { path, plan, planHash, variants, facts, lastActiveMs } = unfinished;
  const set = promptSet.parse(await readJson(join(path, 'inputs/prompt-set.json')));
  const { samples, answers } = recall(unfinished);
  const run = composeRun(facts, {
    ...{ plan, planHash, variants, promptSet: set },
    checksHashes: new Map(set.prompts.map(({ id, checks }) => [id, hashJson(checks, sha256Text)])),
    execution: {
      samples: new Map(samples.map((sample) => [sample.id, sample])),
      ...{ answers, models: new Map(), flags: new Map(), stopped: null, looked: new Set(), settledAt: null },
    },
    telemetry: null,
    finishedAt: new Date(lastActiveMs).toISOString(),
    flags: [interrupted],
  });
  const folder = await openRunFolder(dirname(path), basename(path));
  return folder.finish(run, renderRunSummary(run, undefined, { samples }), samples, outDir);
}
