import { join } from 'node:path';
import type { Page, Route } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { writeRun } from '../site/make-run.ts';
import { makeNightlyRuns } from '../site/nightly-runs.ts';
import { visitSite } from './visit-site.ts';

const model = 'models/moving-latest/';
const prompt = 'prompts/facts/contact/';

const site = visitSite(async (root) => {
  const runsDir = join(root, 'runs');
  for (const run of makeNightlyRuns()) await writeRun(runsDir, run);
  return { runsDir };
});
const { open, complaints } = site;

const query = (page: Page) => new URL(page.url()).searchParams;

/** Opens a page while what fits the pattern does not come, until it is let through. */
async function openSlowly(path: string, pattern: string): Promise<{ page: Page; letThrough: () => void }> {
  const page = await open('404.html');
  const held = Promise.withResolvers<void>();
  await page.route(pattern, async (route) => {
    await held.promise;
    await route.continue();
  });
  await page.goto(site.url + path, { waitUntil: 'commit' });
  await page.locator('footer').waitFor();
  return { page, letThrough: held.resolve };
}

/** Answers with a failure as long as it is told to. */
async function breakWhile(page: Page, pattern: string, isDown: () => boolean): Promise<void> {
  await page.route(pattern, (route: Route) => (isDown() ? route.fulfill({ status: 503 }) : route.continue()));
}

describe('what is chosen before the scripts are there', () => {
  test('filters the runs, beside what the URL says', async () => {
    const { page, letThrough } = await openSlowly('runs/?status=partial', '**/_astro/*.js');
    await page.getByLabel('Model', { exact: true }).fill('steady');
    letThrough();
    await expect.poll(() => page.url()).toBe(`${site.url}runs/?status=partial&model=steady`);
    await expect.poll(() => page.locator('tbody tr').count()).toBe(1);
    await expect(page.getByLabel('Status').inputValue()).resolves.toBe('partial');
  });

  test.each([
    ['models/', 'current', 'no'],
    ['prompts/', 'new', 'yes'],
    ['changes/', 'kind', 'digest'],
  ])('filters what is on %s', async (path, name, value) => {
    const { page, letThrough } = await openSlowly(path, '**/_astro/*.js');
    await page.locator(`select[name=${name}]`).selectOption(value);
    letThrough();
    await expect.poll(() => query(page).get(name)).toBe(value);
    await expect(page.locator('[data-count]').textContent()).resolves.toMatch(/^\d+ of \d+$/);
    expect(await page.locator('[data-item]:visible').count()).toBeLessThan(
      await page.locator('[data-item]').count(),
    );
  });

  test('draws prompts by TTFT', async () => {
    const { page, letThrough } = await openSlowly(model, '**/_astro/*.js');
    await page.getByLabel('TTFT', { exact: true }).check();
    letThrough();
    await expect.poll(() => query(page).get('prompts')).toBe('ttft');
    await expect(page.getByLabel('TTFT', { exact: true }).isChecked()).resolves.toBe(true);
  });

  test('are the two answers that are compared', async () => {
    const { page, letThrough } = await openSlowly(prompt, '**/_astro/*.js');
    const to = page.getByLabel('To', { exact: true });
    await to.scrollIntoViewIfNeeded();
    const suggested = await to.inputValue();
    const options = await to
      .locator('option')
      .evaluateAll((all) => all.map((it) => it.getAttribute('value')));
    const chosen = options.find((it) => it !== suggested) ?? null;
    await to.selectOption(chosen);
    letThrough();
    await expect.poll(() => query(page).get('b')).toBe(chosen);
    await page.goBack();
    await expect.poll(() => query(page).get('b')).toBeNull();
    await expect.poll(() => to.inputValue()).toBe(suggested);
  });
});

describe('the search', () => {
  test('takes what is typed while its script and its index are on their way, and Enter', async () => {
    const { page, letThrough } = await openSlowly('runs/', '**/{search.*.js,index.json,runs.json}');
    await page.waitForLoadState('load');
    await page.keyboard.press('/');
    await page.keyboard.type('steady');
    letThrough();
    await page.locator('#search-option-0').waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(`${site.url}models/steady-135m/`);
  });

  test('goes where Enter wants as soon as it can', async () => {
    const { page, letThrough } = await openSlowly('methodology/', '**/data/index.json');
    await page.waitForLoadState('load');
    await page.keyboard.press('/');
    await page.getByText('Loading …').waitFor();
    await page.keyboard.type('steady');
    await page.keyboard.press('Enter');
    letThrough();
    await page.waitForURL(`${site.url}models/steady-135m/`);
  });

  test('is opened again in the moment in which it was closed, while its field still has the focus', async () => {
    const page = await open('methodology/');
    await page.keyboard.press('/');
    await page.locator('#search-option-0').waitFor();
    const [target, isOpen] = await page.evaluate(() => {
      const dialog = document.querySelector('dialog');
      dialog?.close();
      const field = document.activeElement;
      field?.dispatchEvent(new KeyboardEvent('keydown', { key: '/', bubbles: true, cancelable: true }));
      return [field?.tagName, dialog?.open];
    });
    expect([target, isOpen]).toEqual(['INPUT', true]);
  });

  test('is asked again after a failure, and goes down its list one by one', async () => {
    const page = await open('methodology/');
    let isDown = true;
    await breakWhile(page, '**/data/index.json', () => isDown);
    await page.keyboard.press('/');
    await page.getByText('Open the search again').waitFor();
    complaints.splice(0);
    isDown = false;
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.keyboard.press('/');
    await page.locator('#search-option-0').waitFor();
    await page.keyboard.press('ArrowDown');
    await expect(page.locator('[aria-selected=true]').getAttribute('id')).resolves.toBe('search-option-1');
  });
});

test('the list of runs is asked for again where it did not come', async () => {
  const page = await open('runs/');
  let isDown = true;
  await breakWhile(page, '**/runs.json', () => isDown);
  await page.getByLabel('Status').selectOption('partial');
  const again = page.getByRole('button', { name: 'Try again' });
  await again.waitFor();
  complaints.splice(0);
  isDown = false;
  await again.click();
  await expect.poll(() => page.locator('tbody tr').count()).toBe(2);
  await expect(again.isVisible()).resolves.toBe(false);
});

test('a trend that was asked for last is the one that stays', async () => {
  const { page, letThrough } = await openSlowly(model, '**/e2eMs.json');
  const panel = page.locator('[data-trend-panel]');
  await panel.locator('.readout').waitFor();
  const metrics = page.getByRole('navigation', { name: 'Metrics' });
  await metrics.getByRole('link', { name: /^E2E/ }).click();
  await panel.getByText('Loading the nights').waitFor();
  await metrics.getByRole('link', { name: /^Decode/ }).click();
  await panel.locator('.readout strong', { hasText: 'tok/s' }).waitFor();
  letThrough();
  await page.waitForLoadState('networkidle');
  await expect(panel.locator('.readout strong').textContent()).resolves.toContain('tok/s');
  await expect(panel.getByRole('heading', { level: 3 }).textContent()).resolves.toContain('Decode');
});

test.each([
  ['run/?id=20261124t013000z-4f09ab', '**/run-page.*.js'],
  ['compare/', '**/compare-page.*.js'],
  [model, '**/mount-panel.*.js'],
  [`${prompt}#compare`, '**/compare-answers.*.js'],
])('%s says where its script did not come, and is loaded again', async (path, pattern) => {
  const page = await open('404.html');
  let isDown = true;
  await breakWhile(page, pattern, () => isDown);
  await page.goto(site.url + path);
  const reload = page.getByRole('button', { name: 'Reload the page' });
  await reload.waitFor();
  complaints.splice(0);
  isDown = false;
  await reload.click();
  await reload.waitFor({ state: 'detached' });
  await page.waitForLoadState('networkidle');
  // What the address says of a run that this site has not got.
  complaints.splice(0);
});

test('a theme that was chosen in another tab is worn in this one', async () => {
  const page = await open('', { colorScheme: 'light' });
  const other = await page.context().newPage();
  await other.goto(`${site.url}runs/`);
  await other.getByRole('button', { name: 'Switch between light and dark' }).click();
  await expect.poll(() => page.locator('html').getAttribute('data-theme')).toBe('dark');
});

test('going from page to page leaves the console empty', async () => {
  // With motion, which other tests do without.
  const page = await open('', { reducedMotion: 'no-preference' });
  const pages = page.getByRole('navigation', { name: 'Pages' });
  for (const name of ['Models', 'Runs', 'Compare', 'Methodology', 'Overview']) {
    await pages.getByRole('link', { name }).click();
    await page.waitForLoadState('networkidle');
  }
  expect(complaints).toEqual([]);
});
