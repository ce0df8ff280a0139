import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { copyRun } from './copy-run.ts';
import { visitSite } from './visit-site.ts';

const recorded = new URL('../schema/fixtures/run-1.0', import.meta.url).pathname;
const idOf = (night: number) => `2026110${night}t013000z-00000${night}`;

const site = visitSite(async (root) => {
  const runsDir = join(root, 'runs');
  for (const night of [1, 2, 3]) {
    const startedAt = `2026-11-0${night}T01:30:00.000Z`;
    await copyRun(recorded, runsDir, { id: idOf(night), startedAt, slower: 1 + night / 10 });
  }
  return { runsDir };
});
const { open } = site;
/** What the browser says of a canvas that is read more than once. */
const readTwice = /willReadFrequently/;

/** As in the stylesheet. */
const accent = { light: '11,95,80', dark: '111,203,182' };
const firstSeries = { light: '48,103,231', dark: '64,128,252' };

/** The colours on each canvas; those of a print are read when everything that draws for it has drawn. */
async function readColors(page: Page, when: 'now' | 'printed'): Promise<string[][]> {
  await page.evaluate((isPrinted) => {
    const read = () => {
      const colors = [...document.querySelectorAll('canvas')].map((canvas) => {
        const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {
          data: [],
        };
        const found = new Set<string>();
        for (let at = 0; at < data.length; at += 4) {
          if (data[at + 3] === 255) found.add(`${data[at]},${data[at + 1]},${data[at + 2]}`);
        }
        return [...found];
      });
      Object.assign(window, { colors });
    };
    if (isPrinted) addEventListener('beforeprint', read, { once: true });
    else read();
  }, when === 'printed');
  if (when === 'printed') await page.pdf();
  return page.evaluate(() => (window as unknown as { colors: string[][] }).colors);
}

test('a trend is printed in light colours, and is dark again after', async () => {
  const page = await open('models/herdmark-tiny-v1/', { colorScheme: 'dark' }, readTwice);
  await page.locator('[data-trend-panel]').scrollIntoViewIfNeeded();
  await page.locator('.readout').waitFor();
  expect((await readColors(page, 'now'))[0]).toContain(accent.dark);
  const [printed] = await readColors(page, 'printed');
  expect(printed).toContain(accent.light);
  expect(printed).not.toContain(accent.dark);
  expect((await readColors(page, 'now'))[0]).toContain(accent.dark);
});

test('a run is printed with all of its charts, though nobody came near to them', async () => {
  const chartsCame = Promise.withResolvers<void>();
  const page = await open(
    '404.html',
    { colorScheme: 'dark', viewport: { width: 1000, height: 300 } },
    readTwice,
  );
  page.on('requestfinished', (request) => {
    if (/\/charts\..*\.js$/.test(request.url())) chartsCame.resolve();
  });
  await page.goto(`${site.url}run/?id=${idOf(3)}`);
  await page.locator('#samples .plot').waitFor();
  await expect(page.locator('canvas').count()).resolves.toBe(0);
  await chartsCame.promise;
  await expect.poll(async () => (await readColors(page, 'printed')).length).toBe(3);
  const printed = await readColors(page, 'printed');
  expect(printed.map((it) => [accent, firstSeries].some(({ light }) => it.includes(light)))).toEqual([
    true,
    true,
    true,
  ]);
  expect(printed.flat().filter((it) => [accent.dark, firstSeries.dark].includes(it))).toEqual([]);
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.chart:visible canvas').count()).resolves.toBe(3);
});
