import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readDocuments } from '../../site/src/data/read-documents.ts';
import { outputPath } from '../../src/core/history/layout.ts';
import { encodeMade, makeRun, writeHistory } from './make-run.ts';

const made = makeRun({
  startedAt: '2026-11-01T01:30:00Z',
  models: [{ name: 'm:1', weights: 'a', ttftMs: [10], answers: { capital: ['Paris'] } }],
});
const [id = ''] = encodeMade(made).run.answers;
let root: string;
let path: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'herdmark-documents-'));
  await writeHistory(join(root, 'history'), [made]);
  path = join(root, 'history', outputPath(id));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const read = () => readDocuments(join(root, 'history')).answer(id);

test('an answer of the history is read', () => {
  expect(read()?.text).toBe('Paris');
});

test.each<[string, () => Promise<unknown>]>([
  ['missing', () => rm(path)],
  ['cut short', () => truncate(path, 20)],
  ['too large', () => writeFile(path, ' '.repeat(9 * 1024 ** 2))],
  ['a folder', () => rm(path).then(() => mkdir(path))],
  ['a link', () => moveOut(path)],
  ['in a folder that is a link', () => moveOut(dirname(path))],
])('one that is %s is none', async (_, damage) => {
  await damage();
  expect(read()).toBeNull();
});

/** Leaves a link to what is the very same. */
async function moveOut(from: string): Promise<void> {
  await writeHistory(join(root, 'elsewhere'), [made]);
  await rm(from, { recursive: true });
  await symlink(from.replace('/history/', '/elsewhere/'), from);
}
