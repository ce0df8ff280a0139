import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { InputError } from '../../src/store/input-error.ts';
import type { LabelledSeries } from './shapes.ts';

const labels = z.record(z.string(), z.array(z.int().nonnegative()));
type Labels = z.infer<typeof labels>;

/** With which some editors begin a file. Numbers may have it before them, JSON may not. */
const byteOrderMark = /^\uFEFF/;

/**
 * Reads every `*.csv` of a folder, one value a line, and from `labels.json` the indices of the last good values, which
 * count from 0 and without a heading.
 * @throws {InputError} where there is nothing to read, a line is not a number, or a label is of no value.
 */
export async function readLabelledSeries(folder: string): Promise<(LabelledSeries & { name: string })[]> {
  const found = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new InputError('no-folder', `${folder}: this is no folder. Name one with series in it.`, { cause });
  });
  const files = found.filter((it) => it.name.endsWith('.csv') && !it.isDirectory());
  const names = files.map(({ name }) => name).sort();
  if (names.length === 0) {
    throw new InputError(
      'no-series',
      `${folder}: no series here. Put in files such as ttft.csv, one value a line.`,
    );
  }
  const known = await readLabels(join(folder, 'labels.json'), names);
  return Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      const values = readValues(await readFile(path, 'utf8'), path);
      const labelled = [name, basename(name, '.csv')].flatMap((it) => known[it] ?? []);
      const lastGood = [...new Set(labelled)].sort((a, b) => a - b);
      const beyond = lastGood.find((it) => it >= values.length);
      if (beyond === undefined) return { name, values, lastGood };
      throw new InputError(
        'bad-labels',
        `${join(folder, 'labels.json')}: ${name} has no value with the index ${beyond}, as it has ${values.length}. Count from 0.`,
      );
    }),
  );
}

async function readLabels(path: string, names: readonly string[]): Promise<Labels> {
  const example = '{ "ttft.csv": [79] }, the indices of the last values before a change';
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new InputError('no-labels', `${path}: there is no such file. Write ${example}.`, { cause });
  });
  let json: unknown;
  try {
    json = JSON.parse(text.replace(byteOrderMark, ''));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : '';
    throw new InputError('bad-labels', `${path}: this is not JSON (${why}). Write ${example}.`, { cause });
  }
  const parsed = labels.safeParse(json);
  if (!parsed.success) {
    throw new InputError('bad-labels', `${path}: ${z.prettifyError(parsed.error)}\nWrite ${example}.`);
  }
  const stray = Object.keys(parsed.data).find((it) => !names.includes(it) && !names.includes(`${it}.csv`));
  if (stray !== undefined) {
    throw new InputError(
      'bad-labels',
      `${path}: there is no series ${JSON.stringify(stray)} beside it. Take it out, or add the file.`,
    );
  }
  return parsed.data;
}

/** The values of the lines; a first line that is no number is a heading. */
function readValues(text: string, path: string): number[] {
  const lines = text.trimEnd().split(/\r?\n/);
  const values = lines.map(readNumber);
  const first = Number.isNaN(values[0]) ? 1 : 0;
  const bad = values.findIndex((it, index) => index >= first && !Number.isFinite(it));
  if (bad !== -1) {
    throw new InputError(
      'bad-series',
      `${path}:${bad + 1}: ${JSON.stringify(lines[bad])} is no number. Write one number a line.`,
    );
  }
  if (values.length === first) {
    throw new InputError('bad-series', `${path}: there is no value in it. Write one number a line.`);
  }
  return values.slice(first);
}

function readNumber(line: string): number {
  return line.trim() === '' ? Number.NaN : Number(line);
}
