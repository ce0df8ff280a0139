import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { encodeRun, type KeptDocument } from '../../src/core/history/encode-run.ts';
import { inputPath, outputPath, runPath, samplesPath } from '../../src/core/history/layout.ts';
import type { ContentId } from '../../src/schema/history.ts';
import { sha256Text } from '../../src/store/hash-text.ts';
import { packDocument, writeDocument } from '../../src/store/history/history-file.ts';
import { drawNights } from './course.ts';
import type { GrownNight, PartOptions } from './grow-history.ts';
import { makeNight } from './make-night.ts';
import { readRecordedRun } from './recorded-run.ts';

/** Of so many nights one has samples of its own, the others the same: to encode them takes longest, and no site reads them. */
const nightsOfSamples = 50;

/** A thread of growHistory: writes its nights, and tells of each which files it was the first here to name. */
async function growPart({ folder, nights, models, prompts, seed }: PartOptions): Promise<void> {
  const recorded = await readRecordedRun(prompts);
  const wanted = new Set(nights);
  const last = Math.max(...nights);
  const named = new Set<string>();
  const write = async (path: string, content: Buffer) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  };
  const writeContent = async (documents: readonly KeptDocument[], pathOf: (id: ContentId) => string) => {
    const fresh = documents.filter(({ id }) => !named.has(pathOf(id)));
    for (const { id, document } of fresh) {
      named.add(pathOf(id));
      if (!existsSync(join(folder, pathOf(id)))) await write(pathOf(id), writeDocument(document));
    }
    return fresh.map(({ id }) => pathOf(id));
  };

  let samples: Buffer | null = null;
  let made = 0;
  for (const course of drawNights({ models, prompts }, seed)) {
    const { night } = course;
    if (night > last) break;
    if (!wanted.has(night)) continue;
    const hasOwnSamples: boolean = samples === null || made++ % nightsOfSamples === 0 || night === last;
    const whole = makeNight(recorded, course);
    const encoded = encodeRun(hasOwnSamples ? whole : { ...whole, samples: [] }, {
      origin: null,
      hashText: sha256Text,
    });
    samples = hasOwnSamples || samples === null ? packDocument(encoded.samples) : samples;
    const { id } = encoded.run.run;
    const content = [
      ...(await writeContent(encoded.inputs, inputPath)),
      ...(await writeContent(encoded.outputs, outputPath)),
    ];
    await write(samplesPath(id), samples);
    await write(runPath(id), packDocument(encoded.run));
    parentPort?.postMessage({
      night,
      paths: [runPath(id), samplesPath(id), ...content],
    } satisfies GrownNight);
  }
}

await growPart(workerData as PartOptions);
