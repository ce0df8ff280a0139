import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { archiveLimits, isRunFile, unpackRun } from '../../src/store/collect-zip.ts';
import { makeZip, type ZipEntry } from './make-zip.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'herdmark-zip-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function unpack(bytes: Buffer, limits = archiveLimits): Promise<string[]> {
  const work = await mkdtemp(join(folder, 'case-'));
  await writeFile(join(work, 'run.zip'), bytes);
  await unpackRun(join(work, 'run.zip'), join(work, 'out/run'), limits);
  const entries = await readdir(join(work, 'out/run'), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(work, 'out/run/').length))
    .sort();
}

describe('unpackRun', () => {
  it('writes the files of a run and leaves out those it does not know', async () => {
    const names = ['summary.json', 'outputs/tiny-v1-0123abcd/extract-contact.json', 'inputs/config.json'];
    const strange = [
      'extra.txt',
      'outputs/index.html',
      '.git/config',
      'outputs/tiny-v1-0123abcd/',
      'inputs/prompt-set.json/',
      'a/summary.json',
    ];
    const zip = makeZip(
      [...names, ...strange].map((name) => ({ name, content: name.endsWith('/') ? '' : 'x' })),
    );
    expect(await unpack(zip)).toEqual([...names].sort());
  });

  const summary: ZipEntry = { name: 'summary.json', content: '{}' };
  const bomb = { ...summary, content: Buffer.alloc(3_000_000) };
  it.each<[string, ZipEntry[], RegExp]>([
    ['an absolute path', [{ name: '/etc/cron.d/x' }], /absolute path/],
    ['a drive', [{ name: 'C:/x' }], /absolute path/],
    ['a way out', [{ name: 'outputs/../../x' }], /invalid relative path/],
    ['a backslash', [{ name: '..\\..\\x' }], /invalid characters/],
    ['a symlink', [{ ...summary, content: '/etc/passwd', mode: 0o120777 }], /is no plain file/],
    ['a device', [{ ...summary, mode: 0o020666 }], /is no plain file/],
    ['a name used twice', [summary, summary], /twice/],
    ['a password', [{ ...summary, encrypted: true }], /encrypted/],
    ['a file too large', [bomb], /unpacks to 3000000 bytes/],
    [
      'files too large together',
      [
        { ...bomb, content: Buffer.alloc(1_500_000) },
        { ...bomb, name: 'plan.json', content: Buffer.alloc(1_500_000) },
      ],
      /more than 2500000 bytes/,
    ],
    ['a bomb that says it is small', [{ ...bomb, statedSize: 10 }], /damaged/],
    ['too many entries', Array.from({ length: 31 }, (_, n) => ({ name: `${n}` })), /31 entries/],
  ])('refuses %s', async (_, entries, reason) => {
    const limits = { ...archiveLimits, fileBytes: 2_000_000, totalBytes: 2_500_000, entries: 30 };
    await expect(unpack(makeZip(entries), limits)).rejects.toThrow(
      expect.objectContaining({ name: 'UnfitArtifact', message: expect.stringMatching(reason) }),
    );
  });

  it('refuses what is no zip', async () => {
    await expect(unpack(Buffer.from('not a zip, but long enough to look for one in it'))).rejects.toThrow(
      /damaged/,
    );
  });
});

it.each<[string, boolean]>([
  ['summary.json', true],
  ['samples.ndjson', true],
  ['summary.html', false],
  ['inputs/prompt-set.json', true],
  ['inputs/a/b.json', false],
  ['inputs/a.json/', false],
  ['outputs/qwen3-8b-500a1f06/bullets.json', true],
  ['outputs/qwen3-8b/bullets.json', false],
  ['outputs/qwen3-8b-500a1f06/.json', false],
  ['outputs/qwen3-8b-500a1f06/a/b.json', false],
  ['', false],
])('isRunFile(%j) is %j', (name, expected) => {
  expect(isRunFile(name)).toBe(expected);
});
