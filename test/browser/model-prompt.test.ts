import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { hostileArgument } from '../site/detailed-run.ts';
import { writeRun } from '../site/make-run.ts';
import { hostileAnswer, makeNightlyRuns } from '../site/nightly-runs.ts';
import { runAxe, visitSite } from './visit-site.ts';

const model = 'models/moving-latest/';
const prompt = 'prompts/facts/contact/';

const site = visitSite(async (root) => {
  const runsDir = join(root, 'runs');
  for (const run of makeNightlyRuns()) await writeRun(runsDir, run);
  return { runsDir };
});
const { open, complaints } = site;

const query = (page: Page) => new URL(page.url()).searchParams;

describe('a trend', () => {
  test('is chosen by a tile, and the URL brings it back', async () => {
    const page = await open(model);
    const panel = page.locator('[data-trend-panel]');
    await panel.getByRole('heading', { name: 'TTFT' }).waitFor();
    await page.getByRole('navigation', { name: 'Metrics' }).getByRole('link', { name: /^E2E/ }).click();
    await panel.getByRole('heading', { name: 'E2E' }).waitFor();
    expect(query(page).get('metric')).toBe('e2eMs');

    await page.reload();
    await panel.getByRole('heading', { name: 'E2E' }).waitFor();
    await page.locator('a[data-trend="e2eMs"][aria-current]').waitFor();
    await page.goBack();
    await panel.getByRole('heading', { name: 'TTFT' }).waitFor();
  });

  test('is the one that a link points at', async () => {
    const page = await open(`${model}#line-1-decodeTokensPerSecond`);
    await page.locator('[data-trend-panel]').getByRole('heading', { name: 'Decode' }).waitFor();
  });

  test('is read night by night and zoomed with keys, and the URL knows the stretch of time', async () => {
    const page = await open(model);
    const chart = page.getByRole('application', { name: /^TTFT of moving:latest/ });
    const readout = page.locator('.readout');
    await readout.waitFor();
    await expect(readout.textContent()).resolves.toContain('2026-11-06 01:30 UTC');
    await chart.focus();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => readout.textContent()).toContain('2026-11-05 01:30 UTC');

    await page.keyboard.press('+');
    await expect.poll(() => query(page).get('from')).toMatch(/^2026-11-0/);
    const [from, to] = [query(page).get('from') ?? '', query(page).get('to') ?? ''];
    expect(Date.parse(to) - Date.parse(from)).toBeLessThan(3 * 86_400_000);
    await page.keyboard.press('Shift+ArrowLeft');
    await expect.poll(() => Date.parse(query(page).get('from') ?? '')).toBeLessThan(Date.parse(from));
    await page.keyboard.press('0');
    await expect.poll(() => query(page).has('from')).toBe(false);
  });

  test('is zoomed by dragging over it', async () => {
    const page = await open(model);
    const canvas = page.locator('.plot canvas');
    await canvas.scrollIntoViewIfNeeded();
    const box = await canvas.boundingBox();
    if (!box) throw new Error('the canvas is on the page');
    await page.mouse.move(box.x + box.width * 0.3, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, box.y + 80, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => query(page).has('from')).toBe(true);
  });

  test('has a range, a logarithm and the slowest case in the URL, and a table with the same numbers', async () => {
    const page = await open(model);
    await page.getByRole('button', { name: '1 y' }).click();
    await page.getByLabel('log scale').check();
    await page.getByLabel('slowest case').check();
    expect(Object.fromEntries(query(page))).toEqual({ range: '1y', log: '1', slowest: '1' });
    await page.getByText('The same as a table').click();
    const rows = page.locator('[data-trend-panel] tbody tr');
    await expect.poll(() => rows.count()).toBe(6);
    await expect(rows.first().textContent()).resolves.toContain('60.0 ms');
  });

  test('marks where the model is another, in words as well', async () => {
    const page = await open(model);
    const marks = page.locator('.marks li');
    await expect(marks.first().textContent()).resolves.toMatch(
      /2026-11-04 D digest [0-9a-f]{8} → [0-9a-f]{8}/,
    );
    await marks.first().getByRole('button').click();
    await expect.poll(() => page.locator('.readout').textContent()).toContain('2026-11-04');
  });

  test('asks again for what did not come', async () => {
    const page = await open('models/');
    let isDown = true;
    await page.route('**/nights.json', (route) =>
      isDown ? route.fulfill({ status: 503 }) : route.continue(),
    );
    await page.goto(site.url + model);
    const again = page.getByRole('button', { name: 'Try again' });
    await again.waitFor();
    complaints.splice(0);
    isDown = false;
    await again.click();
    await page.locator('.readout').waitFor();
  });
});

test('prompts are drawn small by E2E or TTFT, and the URL knows which', async () => {
  const page = await open(model);
  await page.getByLabel('TTFT', { exact: true }).check();
  expect(query(page).get('prompts')).toBe('ttft');
  await page.reload();
  await expect(page.getByLabel('TTFT', { exact: true }).isChecked()).resolves.toBe(true);
  await page.locator('.multiples a').first().click();
  expect(new URL(page.url()).pathname).toMatch(/^\/repo\/prompts\/facts\//);
});

describe('two answers', () => {
  test('are compared word by word, and the URL names them', async () => {
    const page = await open(prompt);
    const timeline = page.locator('.timeline', { hasText: 'moving:latest' });
    await timeline.getByRole('link', { name: 'what changed' }).first().click();
    const diff = page.getByRole('group', { name: 'Difference' });
    await diff.locator('ins').first().waitFor();
    await expect(diff.locator('del').count()).resolves.toBeGreaterThan(0);
    expect(query(page).get('a')).toMatch(/^moving-latest-[\w-]+:[0-9a-f]{32}$/);
    expect(query(page).get('b')).not.toBe(query(page).get('a'));

    const added = await diff.locator('ins').allTextContents();
    const [a, b] = [query(page).get('a'), query(page).get('b')];
    await page.goto(`${site.url}${prompt}?a=${b}&b=${a}#compare`);
    await diff.locator('del').first().waitFor();
    expect(await diff.locator('del').allTextContents()).toEqual(added);
  });

  test('of two models are chosen in the form', async () => {
    const page = await open(prompt);
    await page.locator('#compare').scrollIntoViewIfNeeded();
    await page.getByRole('group', { name: 'Difference' }).waitFor();
    const [from, to] = [page.getByLabel('From', { exact: true }), page.getByLabel('To', { exact: true })];
    const hostile = await page
      .locator('select[name=b] optgroup[label^="steady:135m"] option')
      .first()
      .getAttribute('value');
    await to.selectOption(hostile);
    await page.getByText(`(${hostileAnswer.length} characters`).waitFor();
    expect(query(page).get('b')).toBe(hostile);
    await page.getByRole('button', { name: 'swap' }).click();
    expect(query(page).get('a')).toBe(hostile);
    await expect(from.inputValue()).resolves.toBe(hostile);
    await expect(page.locator('#compare img, #compare script').count()).resolves.toBe(0);
  });

  test('that the site has not got are told to be missing', async () => {
    const page = await open('prompts/');
    await page.goto(`${site.url}${prompt}?a=${'0'.repeat(32)}#compare`);
    await expect(page.getByRole('alert').textContent()).resolves.toContain('Choose another answer above.');
    complaints.splice(0);
  });
});

test('what a model says is text, whatever it says', async () => {
  const page = await open(prompt);
  const answer = page.locator('article', { hasText: 'steady:135m' }).first();
  await expect(answer.locator('pre').first().textContent()).resolves.toBe(hostileAnswer);
  await page.goto(`${site.url}prompts/abilities/weather/`);
  const call = page.locator('article', { hasText: 'caller:1b' }).locator('pre').first();
  await expect(call.textContent()).resolves.toBe(
    `weather ${JSON.stringify({ city: hostileArgument }, null, 2)}`,
  );
  await expect(page.locator('main img, main script:not([type=module])').count()).resolves.toBe(0);
});

describe('without a script', () => {
  test.each([
    ['a model has its newest values and a drawing', model, '60.0 ms'],
    ['a prompt has its answers and their timelines', prompt, 'sam@example.com'],
  ])('%s', async (_, path, text) => {
    const page = await open(path, { javaScriptEnabled: false });
    await expect(page.locator('main').textContent()).resolves.toContain(text);
    await expect(page.locator('main svg').count()).resolves.toBeGreaterThan(0);
    await expect(page.locator('.needs-js:visible').count()).resolves.toBe(0);
  });
});

describe.each([
  ['a model', model, '.readout'],
  ['a model on two machines', 'models/steady-135m/', '.readout'],
  ['a prompt', prompt, '.result p'],
  ['a prompt with tools', 'prompts/abilities/weather/', 'main'],
  ['texts to embed', 'prompts/abilities/near/', 'main'],
  ['all models', 'models/', 'main'],
  ['all prompts', 'prompts/', 'main'],
])('%s', (_, path, loaded) => {
  test.each(['light', 'dark'] as const)('has nothing for axe to find in %s', async (colorScheme) => {
    const page = await open(path, { colorScheme, bypassCSP: true });
    await reveal(page, loaded);
    expect(await runAxe(page)).toEqual([]);
  });

  test('fits a phone: no page scrolls sideways', async () => {
    const page = await open(path, { viewport: { width: 390, height: 844 } });
    await reveal(page, loaded);
    const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(widths).toEqual([390, 390]);
  });
});

/** What comes when it is near, and what is folded away, has to be as fit as the rest. */
async function reveal(page: Page, loaded: string): Promise<void> {
  for (const it of await page.locator('[data-trend-panel], [data-compare-form]').all()) {
    await it.scrollIntoViewIfNeeded();
  }
  await page.locator(loaded).first().waitFor();
  await page.evaluate(() => {
    for (const it of document.querySelectorAll('details')) it.open = true;
  });
}
