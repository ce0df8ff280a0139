import { mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { explainSize, weighSite } from '../../site/src/data/site-size.ts';

test('a site is weighed, and what of it are samples', async () => {
  const site = await mkdtemp(join(tmpdir(), 'herdmark-size-'));
  onTestFinished(() => rm(site, { recursive: true, force: true }));
  const samples = join(site, 'data/samples/2026/11');
  await mkdir(samples, { recursive: true });
  await writeFile(join(site, 'index.html'), 'twelve bytes');
  await writeFile(join(samples, 'a.json.gz'), '');
  await truncate(join(samples, 'a.json.gz'), 600);
  expect(await weighSite(site)).toEqual({ bytes: 612, samplesBytes: 600 });
});

test.each([
  [799_999_999, null],
  [800_000_000, /^The site weighs 800 MB, and GitHub Pages takes none above 1 GB\. 600 MB of it are/],
  [1_200_000_000, /history prune --keep-samples-days 180/],
])('of %i bytes', (bytes, expected) => {
  const warning = explainSize({ bytes, samplesBytes: 600_000_000 });
  if (expected === null) expect(warning).toBeNull();
  else expect(warning).toMatch(expected);
});
