import { appendFile, mkdir, open, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { outputDocument, planDocument, runDocument } from '../schema/documents.ts';
import type { SavedOutput } from '../schema/output.ts';
import type { Plan } from '../schema/plan.ts';
import type { Run } from '../schema/run.ts';
import { type Sample, sample as sampleSchema } from '../schema/sample.ts';
import { InputError } from './input-error.ts';

/** Writes one run's folder. Every document is validated before it is written, and replaced whole. */
export interface RunFolder {
  path: string;
  summaryPath: string;
  writeInputs(inputs: { config: unknown; promptSet: unknown }): Promise<void>;
  writePlan(plan: Plan): Promise<void>;
  /** Adds one line to samples.ndjson at once: a killed run keeps what it measured. */
  appendSample(sample: Sample): Promise<void>;
  writeOutput(output: SavedOutput): Promise<void>;
  writeSummary(run: Run, markdown: string): Promise<void>;
}

/**
 * Makes `<outDir>/<runId>/`.
 * @throws {InputError} where it cannot be written, then or later: a disk fills up.
 */
export async function createRunFolder(outDir: string, runId: string): Promise<RunFolder> {
  const path = join(outDir, runId);
  const samplesPath = join(path, 'samples.ndjson');
  const summaryPath = join(path, 'summary.json');
  const write = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (cause) {
      if (!(cause instanceof Error && 'syscall' in cause)) throw cause;
      throw new InputError(
        'unwritable-output',
        `${path}: cannot be written (${cause.message}). Make room, or choose another folder with --out.`,
        { cause },
      );
    }
  };

  await write(async () => {
    await mkdir(path, { recursive: true });
    await (await open(samplesPath, 'a')).close();
  });
  return {
    path,
    summaryPath,
    writeInputs: ({ config, promptSet }) =>
      write(async () => {
        await writeJson(join(path, 'inputs/config.json'), config);
        await writeJson(join(path, 'inputs/prompt-set.json'), promptSet);
      }),
    writePlan: (plan) => write(() => writeJson(join(path, 'plan.json'), planDocument.schema.parse(plan))),
    appendSample: (sample) =>
      write(() => appendFile(samplesPath, `${JSON.stringify(sampleSchema.parse(sample))}\n`)),
    writeOutput: (output) => {
      const file = join(path, 'outputs', output.variant, `${output.prompt}.json`);
      return write(() => writeJson(file, outputDocument.schema.parse(output)));
    },
    writeSummary: (run, markdown) =>
      write(async () => {
        await writeFile(join(path, 'summary.md'), markdown);
        await writeJson(summaryPath, runDocument.schema.parse(run));
      }),
  };
}

async function writeJson(path: string, value: unknown): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const partial = `${path}.partial`;
  await writeFile(partial, `${JSON.stringify(value, null, 2)}\n`);
  await rename(partial, path);
}
