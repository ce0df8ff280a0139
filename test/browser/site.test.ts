import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { findBrokenLinks } from '../site/broken-links.ts';
import { hostileArgument } from '../site/detailed-run.ts';
import { hostileAnswer, makeNightlyRuns } from '../site/nightly-runs.ts';
import { base, runAxe, visitSite } from './visit-site.ts';
import { recordedRun, writeHistory } from './write-history.ts';

const runs = makeNightlyRuns();
const idOf = (startedAt: string) => runs.find(({ run }) => run.startedAt === startedAt)?.run.id ?? '';
const latest = idOf('2026-11-06T01:30:00Z');
const before = idOf('2026-11-04T01:30:00Z');
const pages = [
  ['overview', ''],
  ['models', 'models/'],
  ['a model', 'models/moving-latest/'],
  ['a model on two machines', 'models/steady-135m/'],
  ['prompts', 'prompts/'],
  ['a prompt', 'prompts/facts/contact/'],
  ['a prompt with tools', 'prompts/abilities/weather/'],
  ['texts to embed', 'prompts/abilities/near/'],
  ['runs', 'runs/'],
  ['runs that are filtered', 'runs/?status=partial'],
  ['a run', `run/?id=${latest}`],
  ['a recorded run', `run/?id=${recordedRun}`],
  ['a run that is not there', 'run/?id=20260101t000000z-000000'],
  ['no comparison yet', 'compare/'],
  ['a comparison', `compare/?base=${before}&head=${latest}`],
  ['changes', 'changes/'],
  ['methodology', 'methodology/'],
  ['not found', '404.html'],
] as const;

const site = visitSite(async (root) => {
  const historyDir = join(root, 'history');
  await writeHistory(historyDir, runs);
  return { historyDir };
});

async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  // A file that is not there is asked for, and told to whoever reads the page.
  const page = await site.open(path, options, path.includes('20260101') ? /404/ : undefined);
  await page.waitForLoadState('networkidle');
  if (options.javaScriptEnabled !== false) {
    await page.locator('main').getByText('Loading …').waitFor({ state: 'detached' });
  }
  return page;
}

/** What is folded away has to be as fit as the rest. */
async function unfold(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const it of document.querySelectorAll('details')) it.open = true;
  });
}

test('every link leads somewhere under the base path', async () => {
  expect(await findBrokenLinks(site.folder, base)).toEqual([]);
});

test('from what got worse to the answer, its difference and the run', async () => {
  const page = await open('');
  await page.getByRole('link', { name: 'Extract a contact: passed → failed' }).click();
  expect(page.url()).toBe(`${site.url}prompts/facts/contact/`);
  await page.goto(`${site.url}changes/`);
  const moved = page.locator('.feed li', { hasText: 'moving:latest is another model since 2026-11-04' });
  await moved.getByRole('link', { name: 'trend' }).click();
  expect(page.url()).toBe(`${site.url}models/moving-latest/?night=2026-11-04T01:30Z#line-1`);
});

describe('the search', () => {
  test('is opened, filled, walked and followed by keys alone', async () => {
    const page = await open('methodology/');
    await page.keyboard.press('/');
    const input = page.getByRole('combobox', { name: 'Model, prompt, machine or run' });
    await page.getByRole('option', { name: /^page Overview/ }).waitFor();
    await page.keyboard.type('steady');
    const options = page.getByRole('option');
    await expect(options.first().textContent()).resolves.toContain('steady:135m');
    await expect(options.first().getAttribute('aria-selected')).resolves.toBe('true');
    await expect(input.getAttribute('aria-activedescendant')).resolves.toBe('search-option-0');
    await page.keyboard.press('Enter');
    await page.waitForURL(`${site.url}models/steady-135m/`);
  });

  test('goes down the list with the arrows, and is closed by Escape', async () => {
    const page = await open('');
    await page.keyboard.press('Control+k');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await expect(page.locator('[aria-selected=true]').textContent()).resolves.toContain('Prompts');
    await page.keyboard.press('ArrowUp');
    await expect(page.locator('[aria-selected=true]').textContent()).resolves.toContain('Models');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog').count()).resolves.toBe(0);
  });

  test('says that nothing was found, and takes what is typed for text', async () => {
    const page = await open('');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('option').first().waitFor();
    await page.keyboard.type('<img src=x> /');
    await expect(page.getByRole('option').count()).resolves.toBe(0);
    await expect(page.locator('dialog [role=status]').textContent()).resolves.toBe(
      'Nothing has all of these words: try fewer.',
    );
  });

  test('leaves a slash to who is typing', async () => {
    const page = await open('runs/');
    const model = page.getByLabel('Model', { exact: true });
    await model.fill('a');
    await model.press('/');
    await expect(model.inputValue()).resolves.toBe('a/');
    await expect(page.getByRole('dialog').count()).resolves.toBe(0);
  });

  test('has nothing for axe to find', async () => {
    const page = await open('', { bypassCSP: true });
    await page.keyboard.press('/');
    await page.getByRole('option').first().waitFor();
    expect(await runAxe(page)).toEqual([]);
  });
});

describe('what is filtered', () => {
  test('among runs is in the URL, and comes back with it', async () => {
    const page = await open('runs/');
    const rows = page.locator('tbody tr');
    await expect(rows.count()).resolves.toBe(9);
    await page.getByLabel('Status').selectOption('partial');
    await expect.poll(() => rows.count()).toBe(2);
    await page.getByLabel('Model', { exact: true }).fill('steady');
    await expect.poll(() => page.url()).toBe(`${site.url}runs/?status=partial&model=steady`);
    await page.reload({ waitUntil: 'networkidle' });
    await expect.poll(() => rows.count()).toBe(1);
    await expect(page.getByLabel('Status').inputValue()).resolves.toBe('partial');
    await page.getByLabel('Model', { exact: true }).fill('nobody');
    await expect(page.locator('[data-state]').textContent()).resolves.toBe(
      'No run fits all of these: empty one of the fields.',
    );
    await page.getByRole('button', { name: 'Show all' }).click();
    await expect.poll(() => rows.count()).toBe(9);
    await expect.poll(() => page.url()).toBe(`${site.url}runs/`);
    await expect(rows.first().getByRole('link').getAttribute('href')).resolves.toMatch(/^\/repo\/run\/\?id=/);
  });

  test('among models is any word of them, in the URL; a column sorts them, and is a step back', async () => {
    const page = await open('models/');
    const rows = page.locator('tbody tr:visible th .tag');
    const all = await rows.allTextContents();
    await page.getByLabel('Find', { exact: true }).fill('STEADY 135');
    await expect(rows.allTextContents()).resolves.toSatisfy(
      (names: string[]) => names.length > 0 && names.every((it) => it === 'steady:135m'),
    );
    expect(page.url()).toContain('?find=STEADY+135');
    await page.getByLabel('Find', { exact: true }).fill('no such');
    await page.getByText('No model fits').waitFor();
    await page.getByRole('button', { name: 'Show all' }).click();
    await expect.poll(() => rows.count()).toBe(all.length);

    const ttft = page.getByRole('button', { name: 'TTFT' });
    await ttft.click();
    await ttft.click();
    expect(page.url()).toContain('sort=-ttft');
    // What has no reading comes last either way.
    const values = async () => {
      const cells = page.locator('tbody td:nth-of-type(2):not([data-value=""])');
      return (await cells.evaluateAll((all) => all.map((it) => it.getAttribute('data-value')))).map(Number);
    };
    expect(await values()).toEqual((await values()).toSorted((a, b) => b - a));
    await page.goBack();
    await expect(page.locator('th[data-sort="ttft"]').getAttribute('aria-sort')).resolves.toBe('ascending');
    expect(await values()).toEqual((await values()).toSorted((a, b) => a - b));
    await page.goBack();
    await expect(rows.allTextContents()).resolves.toEqual(all);
  });

  test('among prompts is a word of theirs, and which models stand beside them', async () => {
    const page = await open('prompts/?column=steady');
    await page.getByLabel('Find prompts').fill('contact');
    const table = page.getByRole('table').filter({ hasText: 'steady' }).first();
    await expect(table.locator('tbody th:visible').count()).resolves.toBe(1);
    await expect(table.locator('thead th:visible').allTextContents()).resolves.toEqual([
      'Prompt',
      expect.stringContaining('steady'),
    ]);
  });

  test('among changes is in the URL, and a link to one shows it all the same', async () => {
    const page = await open('changes/');
    const items = page.locator('.feed li:visible');
    await expect.poll(() => items.count()).toBeGreaterThan(0);
    const id = await items.first().getAttribute('id');
    await page.getByLabel('Status').selectOption('cleared');
    await expect(items.count()).resolves.toBe(0);
    await expect(page.getByText('Nothing of what was told fits').isVisible()).resolves.toBe(true);
    await expect.poll(() => page.url()).toBe(`${site.url}changes/?status=cleared`);
    await page.goto(`${site.url}changes/?status=cleared#${id}`);
    await page.reload();
    await expect.poll(() => page.locator('.feed li:visible').count()).toBe(1);
  });
});

test('the badges of a model are Markdown with the address of this site', async () => {
  const page = await open('models/moving-latest/');
  await unfold(page);
  const endpoint = encodeURIComponent(`${site.url}badges/moving-latest/ttft.json`);
  await expect(page.locator('[data-badge]').first().textContent()).resolves.toBe(
    `[![moving:latest](https://img.shields.io/endpoint?url=${endpoint})](${site.url}models/moving-latest/)`,
  );
  const badge = await page.request.get(`${site.url}badges/moving-latest/ttft.json`);
  expect(await badge.json()).toMatchObject({
    schemaVersion: 1,
    label: 'moving:latest TTFT',
    message: '60.0 ms',
  });
});

test('a chosen theme is remembered, and there before the page is drawn', async () => {
  const page = await open('', { colorScheme: 'light' });
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await background();
  await page.getByRole('button', { name: 'Switch between light and dark' }).click();
  const dark = await background();
  expect(dark).not.toBe(light);
  await page.addInitScript(() => {
    document.addEventListener('DOMContentLoaded', () => {
      document.documentElement.dataset.themeAtFirst = document.documentElement.dataset.theme ?? 'none';
    });
  });
  await page.goto(`${site.url}runs/`);
  await expect(page.locator('html').getAttribute('data-theme-at-first')).resolves.toBe('dark');
  expect(await background()).toBe(dark);
});

test('what a model says is text, whatever it says', async () => {
  const page = await open('prompts/facts/contact/');
  const answer = page.locator('article', { hasText: 'steady:135m' }).first();
  await expect(answer.locator('pre').first().textContent()).resolves.toBe(hostileAnswer);
  await expect(page.locator('main img, main article script').count()).resolves.toBe(0);
  await expect(page.title()).resolves.toBe('Extract a contact · Herdmark');
});

test('what a model gives a tool is text as well', async () => {
  const page = await open('prompts/abilities/weather/');
  const call = page.locator('article', { hasText: 'caller:1b' }).locator('pre').first();
  await expect(call.textContent()).resolves.toBe(
    `weather ${JSON.stringify({ city: hostileArgument }, null, 2)}`,
  );
  await expect(page.locator('main img').count()).resolves.toBe(0);
  await expect(page.title()).resolves.toBe('Call a tool · Herdmark');
});

test('a flag leads to what it means', async () => {
  const page = await open(`run/?id=${latest}`);
  await page.getByRole('link', { name: 'queued' }).first().click();
  expect(page.url()).toBe(`${site.url}methodology/#flag-queued`);
  await expect(page.locator('#flag-queued').textContent()).resolves.toContain(
    'the request waited behind another client’s',
  );
});

describe('without a script', () => {
  test.each([
    ['the overview says what changed', '', 'Extract a contact: passed → failed'],
    ['a model has its numbers', 'models/moving-latest/', '60.0 ms'],
    ['a prompt has its answers', 'prompts/facts/capital/', 'The capital of France is Paris.'],
    ['there are the newest runs', 'runs/', '2026-11-06 01:30:00'],
    ['changes are told', 'changes/', 'moving:latest is another model since 2026-11-04'],
    ['a run says what it takes', `run/?id=${latest}`, 'takes JavaScript'],
  ])('%s', async (_, path, text) => {
    const page = await open(path, { javaScriptEnabled: false });
    await expect(page.locator('main').textContent()).resolves.toContain(text);
    await expect(page.locator('.needs-js:visible').count()).resolves.toBe(0);
  });
});

describe.each(pages)('%s', (_, path) => {
  test.each(['light', 'dark'] as const)('has nothing for axe to find in %s', async (colorScheme) => {
    const page = await open(path, { colorScheme, bypassCSP: true });
    await unfold(page);
    expect(await runAxe(page)).toEqual([]);
  });

  test('fits a phone: no page scrolls sideways', async () => {
    const page = await open(path, { viewport: { width: 390, height: 844 } });
    await unfold(page);
    const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(widths).toEqual([390, 390]);
  });

  test('is printed in black on white, without what only a screen can use', async () => {
    // As wide as A4 between its margins.
    const page = await open(path, { colorScheme: 'dark', viewport: { width: 720, height: 1000 } });
    await unfold(page);
    await page.emulateMedia({ media: 'print' });
    const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(widths).toEqual([720, 720]);
    await expect(page.locator('.no-print:visible').count()).resolves.toBe(0);
    const colors = await page.evaluate(() => getComputedStyle(document.body).color);
    expect(colors).toBe('rgb(28, 33, 30)');
  });
});
