import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { calibration } from '../src/schema/calibration.ts';
import { changes } from '../src/schema/changes.ts';
import { config } from '../src/schema/config.ts';
import { historyRun, historySamples, keptAnswer, questions } from '../src/schema/history.ts';
import { savedOutput } from '../src/schema/output.ts';
import { plan } from '../src/schema/plan.ts';
import { promptSet } from '../src/schema/prompt-set.ts';
import { run } from '../src/schema/run.ts';
import { sample } from '../src/schema/sample.ts';
import { lineNights, runRows, siteIndex, siteLinePrompt, siteTrend } from '../src/schema/site-data.ts';
import { telemetryReading } from '../src/schema/telemetry.ts';
import { verdict } from '../src/schema/verdict.ts';

const documents = {
  config: { schema: config, title: 'herdmark.yml' },
  'prompt-set': { schema: promptSet, title: 'Herdmark prompt set' },
  run: { schema: run, title: 'Herdmark run report: summary.json' },
  plan: { schema: plan, title: 'Herdmark plan: plan.json' },
  sample: { schema: sample, title: 'Herdmark sample: one line of samples.ndjson' },
  telemetry: { schema: telemetryReading, title: 'Herdmark telemetry: one line of telemetry.ndjson' },
  calibration: { schema: calibration, title: 'Herdmark calibration of a machine: calibration.json' },
  verdict: { schema: verdict, title: 'Herdmark verdict: verdict.json' },
  changes: { schema: changes, title: 'Herdmark changes in history: changes.json' },
  'history-run': { schema: historyRun, title: 'Herdmark history: runs/<yyyy>/<mm>/<run id>.json.gz' },
  'history-samples': {
    schema: historySamples,
    title: 'Herdmark history: samples/<yyyy>/<mm>/<run id>.json.gz',
  },
  'history-questions': { schema: questions, title: 'Herdmark history: a list of questions in inputs/' },
  'history-answer': { schema: keptAnswer, title: 'Herdmark history: an answer in outputs/' },
  'site-index': { schema: siteIndex, title: 'Herdmark site: data/index.json' },
  'site-runs': { schema: runRows, title: 'Herdmark site: data/runs.json' },
  'site-nights': { schema: lineNights, title: 'Herdmark site: data/lines/<slug>/nights.json' },
  'site-trend': { schema: siteTrend, title: 'Herdmark site: data/lines/<slug>/<trend>.json' },
  'site-prompt': {
    schema: siteLinePrompt,
    title: 'Herdmark site: data/lines/<slug>/prompts/<set>/<prompt>.json',
  },
  output: { schema: savedOutput, title: 'Herdmark saved output: outputs/<variant>/<prompt>.json' },
};

/**
 * Writes the JSON Schema of every document that other programs may read or write. They describe what a reader takes:
 * what people write is strict, what Herdmark writes may have fields that a later version adds.
 */
export async function emitSchemas(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, { schema, title }] of Object.entries(documents)) {
    const { $schema, ...content } = z.toJSONSchema(schema, { io: 'input' });
    await writeFile(
      join(folder, `${name}.json`),
      `${JSON.stringify({ $schema, title, ...content }, null, 2)}\n`,
    );
  }
}
