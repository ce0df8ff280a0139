import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { renderReport } from '../../src/report/html-report.ts';
import { openBrowser } from '../browser/open-browser.ts';
import {
  makeAnswer,
  makeIncomparableModel,
  makeModel,
  makePair,
  makeQuietModel,
  makeVerdict,
  pairs,
} from './example-verdicts.ts';

const hostile =
  '"\'</pre></style><script>document.title="x"</script><img src=x onerror="document.title=1">\u202e';
const campaign = [
  makeVerdict({ models: [makeModel(), makeQuietModel(), makeIncomparableModel()] }),
  makeVerdict({ machine: { id: 'ba9876543210', label: 'AMD Ryzen 9 7950X' }, models: [makeQuietModel()] }),
];
const example = makeModel();
const attacked = makeVerdict({
  machine: { id: '0123456789ab', label: hostile },
  models: [
    makeModel({
      head: { ...example.head, name: hostile, parameterSize: hostile, options: { stop: [hostile] } },
      treatment: [hostile],
      leftOut: [{ prompt: 'a', reason: hostile }],
      metrics: example.metrics.map((it) => ({ ...it, notes: [hostile] })),
      quality: {
        ...example.quality,
        changes: example.quality.changes.map((it) => ({ ...it, label: hostile })),
        neverPassed: [{ prompt: 'a', label: hostile }],
        notes: [hostile],
      },
      text: { ...example.text, notes: [hostile] },
      joint: { ...example.joint, line: hostile },
    }),
  ],
});
const attacks = [
  makePair(
    'extract-contact',
    makeAnswer(`\n${hostile}`, {
      checks: [{ type: 'json', label: hostile, pass: false, reason: hostile }],
      toolCalls: [{ name: hostile, arguments: { [hostile]: hostile } }],
    }),
    makeAnswer(`\n${hostile} and more`),
  ),
  makePair('refund-policy', makeAnswer('old '.repeat(3000)), makeAnswer('new '.repeat(3000))),
  makePair('translate-notice', makeAnswer('a\r\nb'), makeAnswer('a\nb')),
];
const reports = {
  'a campaign': renderReport(campaign, pairs),
  'one comparison': renderReport([makeVerdict({ design: 'unpaired' })], []),
  'hostile texts': renderReport([attacked], attacks),
  nothing: renderReport([], []),
};
const names = Object.keys(reports);

let folder: string;
let browser: Browser;
/** Everything a page complained of or asked for. */
const complaints: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'herdmark-report-'));
  for (const [name, text] of Object.entries(reports)) await writeFile(join(folder, `${name}.html`), text);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  expect(complaints.splice(0)).toEqual([]);
});

async function open(name: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const url = pathToFileURL(join(folder, `${name}.html`)).href;
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (message) => complaints.push(message.text()));
  page.on('request', (request) => {
    if (request.url() !== url) complaints.push(`asked for ${request.url()}`);
  });
  await page.goto(url);
  return page;
}

async function unfold(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const it of document.querySelectorAll('details')) it.open = true;
  });
}

describe.each(names)('the report of %s', (name) => {
  test.each(['light', 'dark'] as const)('has nothing for axe to find in %s', async (colorScheme) => {
    // axe is evaluated from outside the page: its policy would not let the script in.
    const page = await open(name, { colorScheme, bypassCSP: true });
    await unfold(page);
    await page.addScriptTag({ path: createRequire(import.meta.url).resolve('axe-core/axe.min.js') });
    const results = (await page.evaluate('axe.run()')) as AxeResults;
    const found = results.violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`,
    );
    expect(found).toEqual([]);
  });

  test('fits a phone: the page does not scroll sideways', async () => {
    const page = await open(name, { viewport: { width: 390, height: 844 } });
    await unfold(page);
    const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(widths).toEqual([390, 390]);
  });
});

test('from the overview to a model, what it is called and how its answers changed', async () => {
  const page = await open('a campaign');
  await expect(page.title()).resolves.toBe(
    '4 comparisons: slower in 1 (qwen3:8b on NVIDIA H200, TTFT +5.1 %); checks better in 1; answers changed in 1; memory up to +9.6 %; 1 not comparable · Herdmark',
  );
  await page.getByRole('link', { name: 'qwen3:8b: Q4_K_M → Q5_K_M, 500a1f06 → 9abcdef0' }).click();
  const model = page.locator('article:target');
  const speed = model.getByRole('group', { name: 'Speed, metric by metric' });
  await expect(speed.locator('tbody tr').first().allInnerTexts()).resolves.toEqual([
    expect.stringMatching(
      /^TTFT\s+regressed\s+\+5\.1 %\s+\+4\.5 % to \+5\.7 %\s+41\.3 ms\s+43\.5 ms\s+0\.0016$/,
    ),
  ]);
  const diff = model.getByRole('group', { name: 'How the answer to refund-policy changed' });
  await expect(diff.isVisible()).resolves.toBe(true);
  await expect(diff.locator('del').allTextContents()).resolves.toEqual(['30 days', 'week']);
  await expect(diff.locator('ins').allTextContents()).resolves.toEqual(['a month', 'day']);
  await expect(model.getByText('It is JSON in a code fence.').isVisible()).resolves.toBe(true);
  await model.getByText('1 prompt left out').click();
  await expect(model.getByText('It is asked in other words now.').isVisible()).resolves.toBe(true);
});

test('on a phone the bars are in sight, and a prompt’s name is not broken within a word', async () => {
  const page = await open('a campaign', { viewport: { width: 390, height: 844 } });
  await unfold(page);
  const model = page.locator('article').first();
  const speed = model.getByRole('group', { name: 'Speed, metric by metric' });
  const ends = await Promise.all(
    [speed, speed.locator('svg').first()].map(async (it) => {
      const box = await it.boundingBox();
      return (box?.x ?? 0) + (box?.width ?? 0);
    }),
  );
  expect(ends[1]).toBeLessThanOrEqual(ends[0] ?? 0);
  const name = model.getByRole('group', { name: 'Prompt by prompt' }).getByText('summarise-log');
  const lines = await name.evaluate((it) => it.getClientRects().length);
  expect(lines).toBeLessThanOrEqual(2);
});

test('a model that cannot be compared says why, and nothing else', async () => {
  const model = (await open('a campaign')).locator('article', { hasText: 'phi4:14b' });
  await expect(model.getByRole('heading').allTextContents()).resolves.toEqual([
    ...['phi4:14b', 'Why the two cannot be compared', 'What was changed'],
  ]);
});

test('answers that are not at hand are told with their distance', async () => {
  const page = await open('one comparison');
  await expect(page.getByText('The two answers are not at hand.').count()).resolves.toBe(3);
  await expect(page.getByText(/^Head of .* against 1 earlier run.*sees less\.$/).count()).resolves.toBe(1);
});

test('what a model says is text, whatever it says, and what is hidden in it is seen', async () => {
  const page = await open('hostile texts');
  await expect(page.title()).resolves.toBe(
    'Slower: TTFT +5.1 %; checks better on 7 prompts, worse on 1; 2 of 24 answers changed; memory +9.6 % · Herdmark',
  );
  await expect(page.locator('script, img, body style').count()).resolves.toBe(0);
  await unfold(page);
  const head = page.getByRole('group', { name: 'Head’s answer to extract-contact' });
  await expect(head.textContent()).resolves.toBe(`\n${hostile.replace('\u202e', '⟨U+202E⟩')} and more`);
  await expect(page.getByText('Too different for a diff.').count()).resolves.toBe(1);
  await expect(page.getByText('What differs does not show in text').count()).resolves.toBe(1);
});

test('a script that got in all the same would not run', async () => {
  const page = await open('a campaign');
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'document.title = "run"';
    document.body.append(script);
  });
  await expect(page.title()).resolves.not.toBe('run');
  expect(complaints.splice(0).join()).toContain('Content Security Policy');
});

test('on paper everything is unfolded', async () => {
  const page = await open('a campaign');
  const folded = page.getByText('A percentile is shown where there are enough readings').first();
  await expect(folded.isVisible()).resolves.toBe(false);
  await page.emulateMedia({ media: 'print' });
  await expect(folded.isVisible()).resolves.toBe(true);
});
