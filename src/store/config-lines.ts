import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';

/** Where a config asks for its models, so that a pull request can be marked at the line. */
const configLines = z.object({
  /** Relative to the workspace; no way out of it. */
  file: z.string().regex(/^(?!.*\.\.)[\w.][\w./-]{0,199}$/),
  /** The line of each model, from 1, by its name. */
  models: z.record(z.string().max(200), z.int().min(1)),
});
export type ConfigLines = z.infer<typeof configLines>;

/** The file of a run's folder that holds them. */
export const configLinesFile = 'inputs/config-lines.json';

/** null where the file cannot be marked: it is outside the workspace, or is no config. */
export async function findConfigLines(path: string): Promise<ConfigLines | null> {
  const counter = new LineCounter();
  const text = await readFile(path, 'utf8').catch(() => '');
  const models = parseDocument(text, { lineCounter: counter }).get('models', true);
  const lines = (isSeq(models) ? models.items : []).flatMap((item): [string, number][] => {
    const name = isMap(item) ? item.get('name', true) : item;
    if (!isScalar(name) || typeof name.value !== 'string' || !name.range) return [];
    return [[name.value, counter.linePos(name.range[0]).line]];
  });
  return configLines.safeParse({ file: path, models: Object.fromEntries(lines) }).data ?? null;
}

/** Of a run's folder; null where it has none. */
export async function readConfigLines(folder: string): Promise<ConfigLines | null> {
  const text = await readFile(join(folder, configLinesFile), 'utf8').catch(() => 'null');
  try {
    return configLines.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
