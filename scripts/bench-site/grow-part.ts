import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { encodeRun, type KeptDocument } from '../../src/core/history/encode-run.ts';
import { inputPath, outputPath, runPath, samplesPath } from '../../src/core/history/layout.ts';
import { sha256Text } from '../../src/store/hash-text.ts';
import { packDocument, writeDocument } from '../../src/store/history/history-file.ts';
import { drawNights } from './course.ts';
import type { GrowOptions } from './grow-history.ts';
import { makeNight } from './make-night.ts';
import { readRecordedRun } from './recorded-run.ts';

/** Of every so many nights the samples are encoded anew; those between get the same, as a site does not read them. */
const nightsOfSamples = 100;

async function growPart({
  folder,
  from,
  to,
  models,
  prompts,
  seed,
  part,
  parts,
}: PartOptions): Promise<void> {
  const recorded = await readRecordedRun(prompts);
  const written = new Set<string>();
  let samples: Buffer | null = null;
  for (const course of drawNights({ models, prompts }, seed)) {
    if (course.night >= to) break;
    if (course.night < from || course.night % parts !== part) continue;
    const hasOwnSamples: boolean =
      samples === null || course.night % nightsOfSamples < parts || course.night === to - 1;
    const night = makeNight(recorded, course);
    const encoded = encodeRun(hasOwnSamples ? night : { ...night, samples: [] }, {
      origin: null,
      hashText: sha256Text,
    });
    const { id } = encoded.run.run;
    const write = async (path: string, content: Buffer) => {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), content);
    };
    const writeNew = async (documents: readonly KeptDocument[], pathOf: (id: string) => string) => {
      for (const { id, document } of documents) {
        if (written.has(id)) continue;
        written.add(id);
        if (!existsSync(join(folder, pathOf(id)))) await write(pathOf(id), writeDocument(document));
      }
    };
    samples = samples === null || hasOwnSamples ? packDocument(encoded.samples) : samples;
    await writeNew(encoded.inputs, inputPath);
    await writeNew(encoded.outputs, outputPath);
    await write(samplesPath(id), samples);
    await write(runPath(id), packDocument(encoded.run));
    parentPort?.postMessage(course.night);
  }
}

export interface PartOptions extends GrowOptions {
  folder: string;
  part: number;
  parts: number;
}

await growPart(workerData as PartOptions);
