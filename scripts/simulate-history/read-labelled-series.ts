import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { InputError } from '../../src/store/input-error.ts';
import type { LabelledSeries } from './shapes.ts';

const labels = z.record(z.string(), z.array(z.int().nonnegative()));

/**
 * Reads every `*.csv` of a folder, one value a line, and from `labels.json` the indices of the last good values.
 * @throws {InputError} where there is nothing to read, or a line is not a number.
 */
export async function readLabelledSeries(folder: string): Promise<(LabelledSeries & { name: string })[]> {
  const names = (await readdir(folder)).filter((it) => it.endsWith('.csv')).sort();
  if (names.length === 0)
    throw new InputError('no-series', `${folder}: no series here. Put in files such as ttft.csv.`);
  const parsed = labels.safeParse(JSON.parse(await readFile(join(folder, 'labels.json'), 'utf8')));
  if (!parsed.success) {
    throw new InputError('bad-labels', `${join(folder, 'labels.json')}: ${z.prettifyError(parsed.error)}`);
  }
  return Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      const values = readValues(await readFile(path, 'utf8'), path);
      const lastGood = parsed.data[name] ?? parsed.data[basename(name, '.csv')] ?? [];
      const beyond = lastGood.find((it) => it >= values.length);
      if (beyond !== undefined) {
        throw new InputError(
          'bad-labels',
          `${path}: labels.json names index ${beyond} of ${values.length} values.`,
        );
      }
      return { name, values, lastGood };
    }),
  );
}

/** The values of the lines; a first line that is no number is a heading. */
function readValues(text: string, path: string): number[] {
  const lines = text.trim().split(/\r?\n/);
  if (!Number.isFinite(readNumber(lines[0] ?? ''))) lines.shift();
  return lines.map((line, index) => {
    const value = readNumber(line);
    if (Number.isFinite(value)) return value;
    throw new InputError(
      'bad-series',
      `${path}: value ${index} is ${JSON.stringify(line)}. Write one number a line.`,
    );
  });
}

function readNumber(line: string): number {
  return line.trim() === '' ? Number.NaN : Number(line);
}
