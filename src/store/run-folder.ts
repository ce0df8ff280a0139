import { appendFile, mkdir, open, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { z } from 'zod';
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
 * @throws {InputError} where it cannot be written.
 */
export async function createRunFolder(outDir: string, runId: string): Promise<RunFolder> {
  const path = join(outDir, runId);
  const samplesPath = join(path, 'samples.ndjson');
  const summaryPath = join(path, 'summary.json');
  try {
    await mkdir(path, { recursive: true });
    await (await open(samplesPath, 'a')).close();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InputError(
      'unwritable-output',
      `${path}: cannot be written (${reason}). Choose another folder with --out.`,
      { cause },
    );
  }
  return {
    path,
    summaryPath,
    writeInputs: async ({ config, promptSet }) => {
      await writeJson(join(path, 'inputs/config.json'), config);
      await writeJson(join(path, 'inputs/prompt-set.json'), promptSet);
    },
    writePlan: (plan) => writeDocument(join(path, 'plan.json'), planDocument.schema, plan),
    appendSample: (sample) => appendFile(samplesPath, `${JSON.stringify(sampleSchema.parse(sample))}\n`),
    writeOutput: (output) =>
      writeDocument(
        join(path, 'outputs', output.variant, `${output.prompt}.json`),
        outputDocument.schema,
        output,
      ),
    writeSummary: async (run, markdown) => {
      await writeFile(join(path, 'summary.md'), markdown);
      await writeDocument(summaryPath, runDocument.schema, run);
    },
  };
}

function writeDocument<T>(path: string, schema: z.ZodType<T>, value: T): Promise<void> {
  return writeJson(path, schema.parse(value));
}

async function writeJson(path: string, value: unknown): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const partial = `${path}.partial`;
  await writeFile(partial, `${JSON.stringify(value, null, 2)}\n`);
  await rename(partial, path);
}
