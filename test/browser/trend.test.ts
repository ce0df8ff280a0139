import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { describeMetrics, describeValues, type MadeRun, makeRun, writeRun } from '../site/make-run.ts';
import { runAxe, visitSite } from './visit-site.ts';

const sha = '0123456789abcdef0123456789abcdef01234567';
const source = {
  ...{ event: 'schedule', repository: 'acme/bench', workflowPath: null, ref: null },
  ...{ sha, pullRequest: null },
};

const spread = [1, 1.02, 0.98, 1, 1.01, 0.99];

function measure(startedAt: string, machine: string, ttft: number): MadeRun {
  const made = makeRun({
    ...{ startedAt, machine, more: { source } },
    models: [
      {
        ...{ name: 'twice:1b', weights: 'w', ttftMs: spread.map((it) => it * ttft) },
        answers: { capital: ['Paris'], contact: ['{}'] },
      },
    ],
  });
  // On the newest night one prompt is much slower to begin, and done much sooner.
  const isNewest = startedAt.startsWith('2026-11-24');
  for (const series of isNewest ? made.run.series.filter(({ prompt }) => prompt === 'contact') : []) {
    series.metrics = {
      ...describeMetrics({ ttftMs: spread.map((it) => it * 4 * ttft) }, 'contact'),
      e2eMs: describeValues(
        spread.map((it) => it * ttft),
        'lower',
        'contact',
      ),
    };
  }
  return made;
}

/** One model on two machines: thirty-six nights on the first, three runs of one day on the second. */
function makeRuns(): MadeRun[] {
  const first = Array.from({ length: 36 }, (_, night) =>
    measure(new Date(Date.UTC(2026, 9, 20 + night, 1, 30)).toISOString(), 'aaaaaaaaaaaa', 50 + (night % 5)),
  );
  const second = ['03', '09', '15'].map((hour) =>
    measure(`2026-11-20T${hour}:00:00.000Z`, 'bbbbbbbbbbbb', 80),
  );
  return [...first, ...second];
}

const site = visitSite(async (root) => {
  const runsDir = join(root, 'runs');
  for (const run of makeRuns()) await writeRun(runsDir, run);
  return { runsDir };
});
const { open } = site;
const model = 'models/twice-1b/';

const query = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams);
const night = (page: Page) => new URL(page.url()).searchParams.get('night');

/** The chart of the first or the second line, once it is there. */
async function findTrend(page: Page, index = 0) {
  const panel = page.locator('[data-trend-panel]').nth(index);
  await panel.scrollIntoViewIfNeeded();
  await panel.locator('.readout').waitFor();
  const canvas = panel.locator('.plot canvas');
  await canvas.scrollIntoViewIfNeeded();
  const box = await canvas.boundingBox();
  if (!box) throw new Error('the canvas is on the page');
  return {
    ...{ panel, readout: panel.locator('.readout'), plot: panel.locator('.plot') },
    /** A point of the canvas, in shares of its breadth. */
    at: (share: number) => [box.x + box.width * share, box.y + box.height / 2] as const,
  };
}

async function drag(page: Page, from: readonly [number, number], to: readonly [number, number]) {
  await page.mouse.move(...from);
  await page.mouse.down();
  await page.mouse.move(...to, { steps: 4 });
  await page.mouse.up();
}

describe('what is chosen', () => {
  test('is a step back each, and a way forward', async () => {
    const page = await open(model);
    const { panel } = await findTrend(page);
    await panel.getByRole('button', { name: '30 d' }).click();
    await panel.getByLabel('log scale').check();
    await panel.getByLabel('slowest case').check();
    const all = { range: '30d', log: '1', slowest: '1' };
    await expect.poll(() => query(page)).toEqual(all);
    await page.goBack();
    await expect.poll(() => query(page)).toEqual({ range: '30d', log: '1' });
    await expect.poll(() => panel.getByLabel('slowest case').isChecked()).toBe(false);
    await page.goBack();
    await expect.poll(() => panel.getByLabel('log scale').isChecked()).toBe(false);
    await page.goBack();
    await expect.poll(() => query(page)).toEqual({});
    await panel.getByRole('button', { name: '90 d', pressed: true }).waitFor();
    await page.goForward();
    await page.goForward();
    await page.goForward();
    await expect.poll(() => query(page)).toEqual(all);
  });

  test('is kept of each line of a page', async () => {
    const page = await open(model);
    const [first, second] = [await findTrend(page, 0), await findTrend(page, 1)];
    await first.panel.getByRole('button', { name: '30 d' }).click();
    await second.panel.getByLabel('log scale').check();
    await page.locator('#line-2 a[data-trend="e2eMs"]').click();
    await second.panel.getByRole('heading', { name: 'E2E' }).waitFor();
    await expect
      .poll(() => query(page))
      .toEqual({ range: '30d', 'line-2.log': '1', 'line-2.metric': 'e2eMs' });
    await page.reload();
    await first.panel.getByRole('button', { name: '30 d', pressed: true }).waitFor();
    await second.panel.getByRole('heading', { name: 'E2E' }).waitFor();
    await expect(first.panel.getByLabel('log scale').isChecked()).resolves.toBe(false);
    await expect(second.panel.getByLabel('log scale').isChecked()).resolves.toBe(true);
    await expect(first.panel.getByRole('heading', { name: 'TTFT' }).isVisible()).resolves.toBe(true);
  });

  test('by a link to a trend of one line outlives a choice on another', async () => {
    const page = await open(`${model}#line-2-e2eMs`);
    const second = await findTrend(page, 1);
    await page.locator('#line-1 a[data-trend="tpotMs"]').click();
    await expect.poll(() => query(page)).toEqual({ metric: 'tpotMs' });
    await second.panel.getByRole('heading', { name: 'E2E' }).waitFor();
  });

  test('with a key at once after another is not lost', async () => {
    const page = await open(model);
    const { panel, plot } = await findTrend(page);
    await plot.focus();
    await page.keyboard.press('+');
    await panel.getByLabel('log scale').check();
    await expect.poll(() => Object.keys(query(page)).sort()).toEqual(['from', 'log', 'to']);
  });
});

describe('prompts', () => {
  test('are ordered by what changed in the time that is drawn, of each line, and a step back each', async () => {
    const page = await open(model);
    const [first, second] = [page.locator('#line-1 .multiples'), page.locator('#line-2 .multiples')];
    const titles = (box = first) => box.locator('.title').allTextContents();
    const [capital, contact] = ['Name a capital', 'Extract a contact'];
    await expect(titles()).resolves.toEqual([capital, contact]);
    await first.getByLabel('Order').selectOption({ label: 'most slowed down first' });
    // E2E fell by 90 %, and TTFT rose by 300 %.
    await expect(titles()).resolves.toEqual([capital, contact]);
    await first.getByLabel('TTFT', { exact: true }).check();
    await expect(titles()).resolves.toEqual([contact, capital]);
    await expect(first.locator('.ttft .large').first().textContent()).resolves.toMatch(/^\+2\d\d %/);
    await second.getByLabel('Order').selectOption({ label: 'most sped up first' });
    const all = { order: 'slower', prompts: 'ttft', 'line-2.order': 'faster' };
    await expect.poll(() => query(page)).toEqual(all);
    await page.reload();
    await expect.poll(() => titles()).toEqual([contact, capital]);
    await expect(second.getByLabel('E2E', { exact: true }).isChecked()).resolves.toBe(true);
    await page.goBack();
    await expect.poll(() => second.getByLabel('Order').inputValue()).toBe('');
    await page.goBack();
    await expect.poll(() => query(page)).toEqual({ order: 'slower' });
    await expect.poll(() => titles()).toEqual([capital, contact]);
  });
});

describe('a move', () => {
  test('by dragging is one step, zoomed or panned', async () => {
    const page = await open(model);
    const { at } = await findTrend(page);
    await drag(page, at(0.4), at(0.8));
    await expect.poll(() => query(page).from).toBeDefined();
    const zoomed = page.url();
    await page.keyboard.down('Shift');
    await drag(page, at(0.4), at(0.6));
    await page.keyboard.up('Shift');
    await expect.poll(() => page.url()).not.toBe(zoomed);
    expect(night(page)).toBeNull();
    await page.goBack();
    expect(page.url()).toBe(zoomed);
    await page.goBack();
    await expect.poll(() => query(page)).toEqual({});
  });

  test('by keys is one step, and another kind of it another', async () => {
    const page = await open(model);
    const { plot, readout } = await findTrend(page);
    await plot.focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => night(page)).toBe('2026-11-23T01:30Z');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => night(page)).toBe('2026-11-22T01:30Z');
    await page.keyboard.press('+');
    await expect.poll(() => query(page).from).toBeDefined();
    await page.goBack();
    await expect.poll(() => query(page)).toEqual({ night: '2026-11-22T01:30Z' });
    await page.goBack();
    await expect.poll(() => query(page)).toEqual({});
    await expect.poll(() => readout.textContent()).toContain('2026-11-24 01:30 UTC');
  });
});

describe('a night', () => {
  test('that is clicked stays while the pointer goes on to its run, and is in the URL', async () => {
    const page = await open(model);
    const { at, readout } = await findTrend(page);
    await page.mouse.click(...at(0.5));
    const chosen = night(page);
    expect(chosen).toMatch(/^2026-11-\d\dT01:30Z$/);
    const day = chosen?.slice(0, 10) ?? '';
    await page.mouse.move(...at(0.8));
    await expect(readout.textContent()).resolves.toContain(day);
    await page.reload();
    await expect.poll(() => readout.textContent()).toContain(day);
    await readout.getByRole('link', { name: day }).click();
    await page.waitForURL(/\/run\/\?id=/);
    await page.goBack();
    await expect.poll(() => readout.textContent()).toContain(day);
  });

  test.each([
    ['clicked again', (page: Page, at: readonly [number, number]) => page.mouse.click(...at)],
    ['left with Escape', (page: Page) => page.keyboard.press('Escape')],
    ['let go of', (page: Page) => page.getByRole('button', { name: 'let go' }).click()],
  ])('that is %s follows the pointer, and Back brings it back', async (_, free) => {
    const page = await open(model);
    const { at, readout } = await findTrend(page);
    await page.mouse.click(...at(0.5));
    await page.getByRole('button', { name: 'let go' }).waitFor();
    const chosen = night(page);
    await free(page, at(0.5));
    await expect.poll(() => query(page)).toEqual({});
    await page.mouse.move(...at(0.9));
    await expect.poll(() => readout.textContent()).not.toContain(chosen?.slice(0, 10));
    await page.goBack();
    await expect.poll(() => night(page)).toBe(chosen);
    await expect.poll(() => readout.textContent()).toContain(chosen?.slice(0, 10));
  });

  test('opens its run with Enter', async () => {
    const page = await open(model);
    const { plot } = await findTrend(page);
    await plot.focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/run\/\?id=20261123t013000z-/);
    await page.goBack();
    await expect.poll(() => night(page)).toBe('2026-11-23T01:30Z');
  });

  test('links to its commit, as the run does, in the table as well', async () => {
    const page = await open(model);
    const { panel, readout } = await findTrend(page);
    const commit = `https://github.com/acme/bench/commit/${sha}`;
    await expect(readout.getByRole('link', { name: '01234567' }).getAttribute('href')).resolves.toBe(commit);
    await panel.getByText('The same as a table').click();
    await expect(panel.locator('td a').first().getAttribute('href')).resolves.toBe(commit);
  });

  test('is read out only where it is seen', async () => {
    const page = await open(`${model}?from=2026-11-01T00:00Z&to=2026-11-09T12:00Z`);
    const { readout, plot } = await findTrend(page);
    await expect(readout.textContent()).resolves.toContain('2026-11-09 01:30 UTC');
    await plot.focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => night(page)).toBe('2026-11-08T01:30Z');
    await page.keyboard.press('0');
    await expect.poll(() => query(page)).toEqual({ night: '2026-11-08T01:30Z' });
    await page.keyboard.press('Home');
    await expect.poll(() => night(page)).toBe('2026-10-20T01:30Z');
    await page.getByRole('button', { name: '30 d' }).first().click();
    await expect.poll(() => query(page)).toEqual({ range: '30d' });
    await expect.poll(() => readout.textContent()).toContain('2026-11-24 01:30 UTC');
  });
});

test.each(['light', 'dark'] as const)(
  'a night that is held is fit for everybody in %s',
  async (colorScheme) => {
    const page = await open(`${model}?night=2026-11-08T01:30Z`, { colorScheme, bypassCSP: true });
    const { readout } = await findTrend(page);
    await readout.getByRole('button', { name: 'let go' }).waitFor();
    expect(await runAxe(page)).toEqual([]);
  },
);
