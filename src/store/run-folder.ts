import { closeSync, openSync, writeSync } from 'node:fs';
import { appendFile, mkdir, open, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { outputDocument, planDocument, runDocument } from '../schema/documents.ts';
import type { SavedOutput } from '../schema/output.ts';
import type { Plan } from '../schema/plan.ts';
import type { Run } from '../schema/run.ts';
import { type Sample, sample as sampleSchema } from '../schema/sample.ts';
import type { TelemetryReading } from '../schema/telemetry.ts';
import { type ConfigLines, configLinesFile } from './config-lines.ts';
import { InputError } from './input-error.ts';
import { type JournalLine, journalFile, type ResumeFacts, resumeFile } from './journal.ts';
import { moveFolder } from './move-folder.ts';
import { replaceFile } from './replace-file.ts';

/** Writes one run's folder. Every document is validated before it is written, and replaced whole. */
export interface RunFolder {
  path: string;
  writeInputs(inputs: {
    config: unknown;
    promptSet: unknown;
    configLines: ConfigLines | null;
  }): Promise<void>;
  writePlan(plan: Plan): Promise<void>;
  /** What a later process needs to go on with the run, or to report it. */
  writeResumeFacts(facts: ResumeFacts): Promise<void>;
  /** Notes what is about to happen, at once and before it does: a killed run knows what was under way. */
  note(line: JournalLine): void;
  /** Adds one line to samples.ndjson at once: a killed run keeps what it measured. Of two with one id the last counts. */
  appendSample(sample: Sample): Promise<void>;
  appendTelemetry(reading: TelemetryReading): Promise<void>;
  writeOutput(output: SavedOutput): Promise<void>;
  /**
   * Writes the report and the samples as they stand at the end, and moves the folder to `<outDir>/<run id>/`.
   * Returns the path it has then.
   */
  finish(run: Run, markdown: string, samples: readonly Sample[], outDir: string): Promise<string>;
}

/** The run report of a folder. */
export function summaryPathOf(runPath: string): string {
  return join(runPath, 'summary.json');
}

/**
 * Makes `<workDir>/<runId>/`, or goes on with it where it is there.
 * @throws {InputError} where it cannot be written, then or later: a disk fills up.
 */
export async function openRunFolder(workDir: string, runId: string): Promise<RunFolder> {
  const path = join(workDir, runId);
  const samplesPath = join(path, 'samples.ndjson');
  const write = <T>(work: () => Promise<T>): Promise<T> => explainUnwritable(path, work);

  await write(async () => {
    await mkdir(path, { recursive: true });
    await (await open(samplesPath, 'a')).close();
  });
  let journal: number | null = openSync(join(path, journalFile), 'a');
  return {
    path,
    writeInputs: ({ config, promptSet, configLines }) =>
      write(async () => {
        if (configLines !== null) await writeJson(join(path, configLinesFile), configLines);
        await writeJson(join(path, 'inputs/config.json'), config);
        await writeJson(join(path, 'inputs/prompt-set.json'), promptSet);
      }),
    writePlan: (plan) => write(() => writeJson(join(path, 'plan.json'), planDocument.schema.parse(plan))),
    writeResumeFacts: (facts) => write(() => writeJson(join(path, resumeFile), facts)),
    note: (line) => {
      // Synchronous: it has to be there before the request is.
      if (journal !== null) writeSync(journal, `${JSON.stringify(line)}\n`);
    },
    appendSample: (sample) => write(() => appendFile(samplesPath, toLine(sampleSchema.parse(sample)))),
    appendTelemetry: (reading) => write(() => appendFile(join(path, 'telemetry.ndjson'), toLine(reading))),
    writeOutput: (output) => {
      const file = join(path, 'outputs', output.variant, `${output.prompt}.json`);
      return write(() => writeJson(file, outputDocument.schema.parse(output)));
    },
    finish: (run, markdown, samples, outDir) =>
      write(async () => {
        await replaceFile(samplesPath, samples.map((it) => toLine(sampleSchema.parse(it))).join(''));
        await replaceFile(join(path, 'summary.md'), markdown);
        await writeJson(summaryPathOf(path), runDocument.schema.parse(run));
        if (journal !== null) closeSync(journal);
        journal = null;
        await rm(join(path, journalFile), { force: true });
        await rm(join(path, resumeFile), { force: true });
        return await moveFolder(path, join(outDir, runId));
      }),
  };
}

/** Makes sure, before anything is measured, that a finished run can be put there. @throws {InputError} */
export async function prepareOutDir(outDir: string): Promise<void> {
  await explainUnwritable(outDir, async () => {
    await mkdir(outDir, { recursive: true });
    const probe = join(outDir, `.herdmark-${process.pid}`);
    await writeFile(probe, '');
    await rm(probe);
  });
}

async function explainUnwritable<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause;
    throw new InputError(
      'unwritable-output',
      `${path}: cannot be written (${cause.message}). Make room, or choose another folder with --out.`,
      { cause },
    );
  }
}

function toLine(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}

async function writeJson(path: string, value: unknown): Promise<void> {
  await replaceFile(path, `${JSON.stringify(value, null, 2)}\n`);
}
