import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { outputDocument, planDocument } from '../schema/documents.ts';
import type { SavedAnswer, SavedOutput } from '../schema/output.ts';
import { type Plan, plannedVariant } from '../schema/plan.ts';
import { sha256 } from '../schema/primitives.ts';
import { run, variant } from '../schema/run.ts';
import { type Sample, sample as sampleSchema } from '../schema/sample.ts';
import { readDocument } from '../schema/version.ts';

// What a run leaves in its folder while it is under way, so that another process can go on with it.

export const journalFile = 'journal.ndjson';
export const resumeFile = 'resume.json';

const journalLine = z.union([
  z.object({ sent: z.string() }),
  z.object({ loaded: sha256 }),
  z.object({ unloaded: sha256 }),
]);
export type JournalLine = z.infer<typeof journalLine>;

/** What of a run's report is known before anything is measured. */
export const resumeFacts = z.object({
  /** Which plan it carries out; a run goes on only with the same one. */
  planHash: sha256,
  facts: run.pick({
    id: true,
    campaign: true,
    machine: true,
    shard: true,
    source: true,
    startedAt: true,
    environment: true,
    calibration: true,
    knownLoads: true,
    objectives: true,
  }),
  variants: z.array(
    variant
      .pick({
        family: true,
        format: true,
        parameterSize: true,
        quantization: true,
        sizeBytes: true,
        trainedContext: true,
        templateHash: true,
        capabilities: true,
        flags: true,
      })
      .extend(plannedVariant.shape),
  ),
});
export type ResumeFacts = z.infer<typeof resumeFacts>;

/** A run that its process did not finish. */
export interface UnfinishedRun extends ResumeFacts {
  path: string;
  plan: Plan;
  samples: Sample[];
  /** By variant and then by prompt. */
  answers: Map<string, Map<string, SavedAnswer[]>>;
  /** Digests of the models that it had loaded and not unloaded. */
  loaded: string[];
  /** Ids of the requests that were under way when it ended. */
  lost: string[];
  lastActiveMs: number;
}

/**
 * All runs in a folder that were not finished.
 * @param prune whether one that cannot be read is removed, as it is of no use to anybody. Only for who holds the
 *   machine's lock: another process may just be writing it.
 */
export async function readUnfinishedRuns(
  workDir: string,
  { prune }: { prune: boolean },
): Promise<UnfinishedRun[]> {
  const names = await readdir(workDir).catch(() => []);
  const runs = await Promise.all(
    names.map(async (name) => {
      const path = join(workDir, name);
      try {
        return await readUnfinishedRun(path);
      } catch {
        // Killed before it had written its plan, or of another version.
        if (prune) await rm(path, { recursive: true, force: true });
        return null;
      }
    }),
  );
  return runs.filter((it) => it !== null).sort((a, b) => b.lastActiveMs - a.lastActiveMs);
}

async function readUnfinishedRun(path: string): Promise<UnfinishedRun> {
  const facts = resumeFacts.parse(await readJson(join(path, resumeFile)));
  const plan = readDocument(planDocument, await readJson(join(path, 'plan.json')));
  const samples = await readSamples(path);
  const { loaded, sent } = await readJournal(path);
  const answered = new Set(samples.map(({ id }) => id));
  return {
    ...facts,
    ...{ path, plan, samples, loaded },
    answers: await readAnswers(path, plan),
    lost: sent.filter((id) => !answered.has(id)),
    lastActiveMs: (await stat(join(path, journalFile))).mtimeMs,
  };
}

/** Of several lines with one id the last counts; a line that was cut off in the middle was never kept. */
async function readSamples(path: string): Promise<Sample[]> {
  const byId = new Map<string, Sample>();
  for (const value of await readLines(join(path, 'samples.ndjson'))) {
    const sample = sampleSchema.parse(value);
    byId.set(sample.id, sample);
  }
  return [...byId.values()];
}

async function readJournal(path: string): Promise<{ sent: string[]; loaded: string[] }> {
  const sent = new Set<string>();
  const loaded = new Set<string>();
  for (const value of await readLines(join(path, journalFile))) {
    const line = journalLine.parse(value);
    if ('sent' in line) sent.add(line.sent);
    else if ('loaded' in line) loaded.add(line.loaded);
    else loaded.delete(line.unloaded);
  }
  return { sent: [...sent], loaded: [...loaded] };
}

async function readAnswers(path: string, { variants }: Plan): Promise<UnfinishedRun['answers']> {
  const answers: UnfinishedRun['answers'] = new Map();
  for (const { key } of variants) {
    const folder = join(path, 'outputs', key);
    const files = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json'));
    const outputs = await Promise.all(
      files.map(
        async (file): Promise<SavedOutput> =>
          readDocument(outputDocument, await readJson(join(folder, file))),
      ),
    );
    answers.set(key, new Map(outputs.map((output) => [output.prompt, output.answers])));
  }
  return answers;
}

async function readLines(path: string): Promise<unknown[]> {
  const lines = (await readFile(path, 'utf8')).split('\n');
  return lines.flatMap((line, index): unknown[] => {
    if (line === '') return [];
    try {
      return [JSON.parse(line)];
    } catch (error) {
      if (index === lines.length - 1) return [];
      throw error;
    }
  });
}

export async function readJson(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8'));
}
