import { link, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeChanged } from '../../site/src/data/write-files.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'herdmark-files-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test.each<[string, (path: string) => Promise<unknown>]>([
  ['nothing', async () => undefined],
  ['another file', (path) => writeFile(path, 'old')],
  ['a folder with files', (path) => mkdir(path).then(() => writeFile(join(path, 'x'), 'old'))],
  ['what a stopped build left', (path) => writeFile(`${path}.partial`, 'ol')],
  ['a folder where a stopped build wrote', (path) => mkdir(`${path}.partial`)],
])('a file takes the place of %s', async (_, prepare) => {
  const path = join(folder, 'a');
  await prepare(path);
  await writeChanged(path, Buffer.from('new'));
  expect(await readdir(folder)).toEqual(['a']);
  expect(await readFile(path, 'utf8')).toBe('new');
});

test('a document of the history that has another name in the site stays as it is', async () => {
  await writeFile(join(folder, 'kept'), 'old');
  await link(join(folder, 'kept'), join(folder, 'a'));
  await writeChanged(join(folder, 'a'), Buffer.from('new'));
  expect(await readFile(join(folder, 'kept'), 'utf8')).toBe('old');
});
