import { expect, test } from 'vitest';
import {
  inputPath,
  outputPath,
  readRunPath,
  runPath,
  samplesPath,
} from '../../../src/core/history/layout.ts';

const run = '20261124t013000z-4f09ab';
const content = '0123456789abcdef0123456789abcdef';

test('a run lies in the month in which it began', () => {
  expect(runPath(run)).toBe(`runs/2026/11/${run}.json.gz`);
  expect(samplesPath(run)).toBe(`samples/2026/11/${run}.json.gz`);
});

test('what is named by its content lies in one of 256 folders', () => {
  expect(inputPath(content)).toBe('inputs/01/23456789abcdef0123456789abcdef.json');
  expect(outputPath(content)).toBe('outputs/01/23456789abcdef0123456789abcdef.json');
});

test.each([
  [`runs/2026/11/${run}.json.gz`, run],
  [`runs/2026/12/${run}.json.gz`, null],
  [`runs/2026/11/${run}.json`, null],
  [`samples/2026/11/${run}.json.gz`, null],
  [`../runs/2026/11/${run}.json.gz`, null],
  ['runs/2026/11/README.json.gz', null],
  ['README.md', null],
  ['', null],
])('%s holds the run %s', (path, expected) => {
  expect(readRunPath(path)).toBe(expected);
});
