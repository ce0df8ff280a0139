import { cp, mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { buildSite } from '../../site/build.ts';
import { findBrokenLinks } from '../site/broken-links.ts';
import { hostileArgument } from '../site/detailed-run.ts';
import { writeRun } from '../site/make-run.ts';
import { hostileAnswer, makeNightlyRuns } from '../site/nightly-runs.ts';
import { openBrowser, serveUnder } from './open-browser.ts';

const base = '/repo/';
const runs = makeNightlyRuns();
const latest = runs.find(({ run }) => run.startedAt === '2026-11-06T01:30:00Z')?.run.id ?? '';
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
  ['a run', `runs/${latest}/`],
  ['a run of schema 1.0', 'runs/20261124t115352z-da928d/'],
  ['about', 'numbers/'],
  ['not found', '404.html'],
] as const;

const oldRun = new URL('../schema/fixtures/run-1.0', import.meta.url).pathname;

let root: string;
let siteDir: string;
let server: Server;
let url: string;
let browser: Browser;
/** Everything a page complained of or asked of another host. */
const complaints: string[] = [];

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'herdmark-browser-'));
  siteDir = join(root, 'site');
  for (const run of runs) await writeRun(join(root, 'runs'), run);
  await cp(oldRun, join(root, 'runs/old'), { recursive: true });
  const log = { info: () => undefined, warn: (line: string) => complaints.push(line) };
  await buildSite({ runsDir: join(root, 'runs'), outDir: siteDir, base, log });
  ({ url, server } = await serveUnder(base, siteDir));
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  server?.close();
  await rm(root, { recursive: true, force: true });
});
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  expect(complaints.splice(0)).toEqual([]);
});

async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('dialog', (dialog) => complaints.push(`dialog: ${dialog.message()}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(url)) complaints.push(`asked for ${request.url()}`);
  });
  await page.goto(url + path);
  return page;
}

/** What is folded away has to be as fit as the rest. */
async function unfold(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const it of document.querySelectorAll('details')) it.open = true;
  });
}

test('every link leads somewhere under the base path', async () => {
  expect(await findBrokenLinks(siteDir, base)).toEqual([]);
});

test('from what got worse to the trend, the answer, its difference and the run', async () => {
  const page = await open('');
  const headline = page.getByRole('heading', { name: 'steady:135m is slower; 1 answer got worse.' });
  await expect(headline.isVisible()).resolves.toBe(true);

  await page.getByRole('link', { name: /^TTFT \+35\.7 %, slower: 14\.0 ms → 19\.0 ms$/ }).click();
  expect(page.url()).toBe(`${url}models/steady-135m/#line-1-ttftMs`);
  const trend = page.locator('#line-1-ttftMs');
  await trend.locator('canvas').waitFor();
  await expect(trend.locator('tbody tr').count()).resolves.toBe(6);

  await trend.locator('tbody tr').first().getByRole('link', { name: 'capital' }).click();
  expect(page.url()).toBe(`${url}prompts/facts/capital/`);
  await page.goto(`${url}prompts/facts/contact/`);
  const answer = page.locator('article', { hasText: 'moving:latest' });
  await expect(answer.locator('pre').first().textContent()).resolves.toBe(
    '{"name":"Sam","email":"sam@example.com"}',
  );
  const change = page.locator('.timeline', { hasText: 'moving:latest' });
  await change.locator('summary').click();
  await expect(change.locator('del').isVisible()).resolves.toBe(true);
  await expect(change.locator('ins').allTextContents()).resolves.toContain('{"name":"');

  await page.getByRole('link', { name: '2026-11-06 01:30' }).first().click();
  expect(page.url()).toBe(`${url}runs/${latest}/`);
  const response = await page.request.get(`${url}data/${latest}/summary.json`);
  expect(await response.json()).toMatchObject({ id: latest });
});

test('a trend is drawn from its table, marks the new model, tells each point, and hides a series', async () => {
  const page = await open('models/moving-latest/');
  const trend = page.locator('#line-1-ttftMs');
  const canvas = trend.locator('canvas');
  await canvas.waitFor();
  const marked = trend.locator('tr[data-mark]');
  await expect(marked.count()).resolves.toBe(1);
  await expect(marked.textContent()).resolves.toMatch(/2026-11-04 01:30.*digest [0-9a-f]{8} → [0-9a-f]{8}/s);

  const draw = () => canvas.evaluate((it: HTMLCanvasElement) => it.toDataURL());
  const both = await draw();
  const toggle = trend.getByRole('button', { name: 'slowest case' });
  await toggle.click();
  await expect(toggle.getAttribute('aria-pressed')).resolves.toBe('false');
  expect(await draw()).not.toBe(both);
  await toggle.click();
  await page.mouse.move(0, 0);
  expect(await draw()).toBe(both);
  await canvas.hover();
  await expect.poll(draw).not.toBe(both);
});

test('the series of a run are sorted by any column, numbers as numbers', async () => {
  const page = await open(`runs/${latest}/`);
  const column = () => page.locator('table[data-sortable] tbody tr td:nth-child(4)').allTextContents();
  const head = page.getByRole('button', { name: 'TTFT' });
  await head.click();
  expect(await column()).toEqual(['19.0 ms', '19.0 ms', '60.0 ms', '60.0 ms']);
  await head.click();
  expect(await column()).toEqual(['60.0 ms', '60.0 ms', '19.0 ms', '19.0 ms']);
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
  await page.goto(`${url}runs/`);
  await expect(page.locator('html').getAttribute('data-theme-at-first')).resolves.toBe('dark');
  expect(await background()).toBe(dark);
});

test('what a model says is text, whatever it says', async () => {
  const page = await open('prompts/facts/contact/');
  const answer = page.locator('article', { hasText: 'steady:135m' }).first();
  await expect(answer.locator('pre').first().textContent()).resolves.toBe(hostileAnswer);
  await expect(page.locator('main img, main script').count()).resolves.toBe(0);
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
  const page = await open(`runs/${latest}/`);
  await page.getByRole('link', { name: 'queued' }).click();
  expect(page.url()).toBe(`${url}numbers/#flag-queued`);
  await expect(page.locator('#flag-queued').textContent()).resolves.toContain(
    'the request waited behind another client’s',
  );
});

describe('without a script', () => {
  test.each([
    ['the overview says what changed', '', 'steady:135m is slower; 1 answer got worse.'],
    ['a model has its numbers', 'models/moving-latest/', '60.0 ms'],
    ['a prompt has its answers', 'prompts/facts/capital/', 'The capital of France is Paris.'],
    ['a run has its series', `runs/${latest}/`, '19.0 ms'],
  ])('%s', async (_, path, text) => {
    const page = await open(path, { javaScriptEnabled: false });
    await expect(page.locator('main').textContent()).resolves.toContain(text);
    await expect(page.locator('.needs-js:visible').count()).resolves.toBe(0);
  });

  test('a trend is a drawing', async () => {
    const page = await open('models/moving-latest/', { javaScriptEnabled: false });
    await expect(page.locator('#line-1-ttftMs svg path').getAttribute('d')).resolves.toMatch(
      /^M[\d.]+ [\d.]+(L[\d.]+ [\d.]+){5}$/,
    );
  });
});

describe.each(pages)('%s', (_, path) => {
  test.each(['light', 'dark'] as const)('has nothing for axe to find in %s', async (colorScheme) => {
    // axe is evaluated from outside the page: its policy would not let the script in.
    const page = await open(path, { colorScheme, bypassCSP: true });
    await unfold(page);
    await page.addScriptTag({ path: createRequire(import.meta.url).resolve('axe-core/axe.min.js') });
    const results = (await page.evaluate('axe.run()')) as AxeResults;
    const found = results.violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`,
    );
    expect(found).toEqual([]);
  });

  test('fits a phone: no page scrolls sideways', async () => {
    const page = await open(path, { viewport: { width: 390, height: 844 } });
    await unfold(page);
    const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(widths).toEqual([390, 390]);
  });
});
