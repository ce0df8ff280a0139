import { join } from 'node:path';
import { expect, test } from 'vitest';
import { decodeRun } from '../../../src/core/history/decode-run.ts';
import { decodeSamples } from '../../../src/core/history/decode-samples.ts';
import { encodeRun } from '../../../src/core/history/encode-run.ts';
import { questions } from '../../../src/schema/history.ts';
import { sha256Text } from '../../../src/store/hash-text.ts';
import { readWholeRun } from '../../../src/store/read-whole-run.ts';

const whole = await readWholeRun(join(import.meta.dirname, '../../schema/fixtures/run-1.0'));
const encoded = encodeRun(
  { ...whole, promptSet: null, config: null },
  { origin: null, hashText: sha256Text },
);
const { run, samples } = encoded;
const asked = questions.parse(encoded.inputs.find(({ id }) => id === run.inputs.questions)?.document);

/** Where the arrays of a document are that have one entry a question or a sample. */
function listColumns(value: unknown, path: string[] = []): string[][] {
  if (Array.isArray(value)) return path.at(-1) === 'values' ? [] : [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, of]) => listColumns(of, [...path, key]));
}

function cutShort<T>(document: T, path: readonly string[]): T {
  const copy = structuredClone(document);
  const column = path.reduce<unknown>((of, key) => (of as Record<string, unknown>)[key], copy);
  (column as unknown[]).pop();
  return copy;
}

test.each(listColumns(run.series).map((path) => [path.join('.'), path] as const))(
  'a run whose column %s is cut short is refused',
  (_, path) => {
    const damaged = { ...run, series: cutShort(run.series, path) };
    expect(() => decodeRun(damaged, asked)).toThrow(/^A column of run \S+ has 1 entries for 2 questions\.$/);
  },
);

test.each(listColumns(samples).map((path) => [path.join('.'), path] as const))(
  'samples whose column %s is cut short are refused',
  (_, path) => {
    expect(() => decodeSamples(cutShort(samples, path), run, asked)).toThrow(
      /^A column of the samples of run \S+ has \d+ entries for \d+ (questions|samples)\.$/,
    );
  },
);

test('an index of nothing is refused', () => {
  const [first = []] = run.series.answers;
  const answers = [[...first.slice(1), [0, 9] as [number, number]], ...run.series.answers.slice(1)];
  expect(() => decodeRun({ ...run, series: { ...run.series, answers } }, asked)).toThrow('names answer 9 of');
  const status = { ...samples.status, at: samples.status.at.map(() => 7) };
  expect(() => decodeSamples({ ...samples, status }, run, asked)).toThrow('names value 7 of');
  const question = samples.question.map(() => 2);
  expect(() => decodeSamples({ ...samples, question }, run, asked)).toThrow('names question 2 of 2');
});

test('what is whole is not', () => {
  expect(decodeRun(run, asked).series).toHaveLength(2);
  expect(decodeSamples(samples, run, asked)).toHaveLength(samples.question.length);
});
