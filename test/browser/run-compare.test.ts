import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../src/schema/verdict.ts';
import { copyRun } from './copy-run.ts';
import { runAxe, visitSite } from './visit-site.ts';

const recorded = new URL('../schema/fixtures/run-1.0', import.meta.url).pathname;
const model = 'herdmark-tiny-v1-a515083f';
const hostile = 'Paris, <img src=x onerror="document.title=\'owned\'"> it is.';
const idOf = (night: number) => `2026110${night}t013000z-00000${night}`;
const nights = [1, 1.002, 0.999, 1.001, 0.998, 1.003, 1];
const [before, slower, updated] = [idOf(7), idOf(8), idOf(9)];

let runsDir: string;
const site = visitSite(async (root) => {
  runsDir = join(root, 'runs');
  const startedAt = (night: number) => `2026-11-0${night}T01:30:00.000Z`;
  for (const [index, factor] of nights.entries()) {
    const night = index + 1;
    await copyRun(recorded, runsDir, { id: idOf(night), startedAt: startedAt(night), slower: factor });
  }
  await copyRun(recorded, runsDir, {
    ...{ id: slower, startedAt: startedAt(8), slower: 1.3 },
    answers: { capital: { text: hostile, pass: true } },
  });
  await copyRun(recorded, runsDir, { id: updated, startedAt: startedAt(9), server: '9.9.9' });
  return { runsDir };
});
const { open, complaints } = site;

/** What the command line says of the same folders. */
async function compareFolders(...folders: string[]): Promise<Verdict> {
  const cli = new URL('../../src/cli/index.ts', import.meta.url).pathname;
  const { stdout } = await promisify(execFile)(process.execPath, [cli, 'compare', ...folders, '--json']);
  return JSON.parse(stdout);
}

/** The rows of the first model's table: what each metric is called, its word, and its change in per cent. */
async function readMetrics(page: Page) {
  const rows = page.locator('.model-verdict').first().locator('tr[data-metric]');
  await rows.first().waitFor();
  return rows.evaluateAll((found) =>
    found.map((row) => ({
      metric: row.getAttribute('data-metric'),
      word: row.querySelector('.word')?.lastChild?.textContent,
      percent: Number(
        row
          .querySelector('strong')
          ?.textContent?.replace('−', '-')
          .replace(/[^\d.-]/g, ''),
      ),
    })),
  );
}

async function expectSameAs(page: Page, verdict: Verdict): Promise<void> {
  const shown = await readMetrics(page);
  const [first] = verdict.models;
  expect(shown.map(({ metric, word }) => [metric, word])).toEqual(
    first?.metrics.map(({ metric, word }) => [metric, word]),
  );
  for (const [index, { percent }] of shown.entries()) {
    // Kept times are within half a per mille, and shown are tenths.
    expect(Math.abs(percent - 100 * (first?.metrics[index]?.change ?? 0))).toBeLessThan(0.2);
  }
}

describe('a run', () => {
  test('has its series, sorted by any column, as the address says', async () => {
    const page = await open(`run/?id=${slower}`);
    await page.getByRole('heading', { name: 'Run of 2026-11-08 01:30:00 UTC' }).waitFor();
    await page.locator('#series tbody tr').first().waitFor();
    await expect(page.title()).resolves.toBe('Run of 2026-11-08 01:30:00 · Herdmark');
    const column = () =>
      page.locator('#series tbody tr').evaluateAll((rows) => rows.map((it) => it.children[3]?.textContent));
    const unsorted = await column();
    expect(unsorted).toHaveLength(2);
    const head = page.locator('#series').getByRole('button', { name: 'TTFT' });
    await head.click();
    const ascending = (await column()).map((it) => Number.parseFloat(it ?? ''));
    expect(ascending).toEqual(ascending.toSorted((a, b) => a - b));
    await head.click();
    expect((await column()).map((it) => Number.parseFloat(it ?? ''))).toEqual(ascending.toReversed());
    expect(page.url()).toBe(`${site.url}run/?id=${slower}&sort=-ttftMs`);
    await page.reload();
    await page.locator('#series th[aria-sort="descending"]').waitFor();
  });

  test('filters its series, and says where nothing is left', async () => {
    const page = await open(`run/?id=${slower}&q=passed`);
    await page.locator('#series').getByText('1 of 2 rows').waitFor();
    await page.getByRole('searchbox', { name: 'Filter' }).fill('nothing like it');
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.locator('#series').getByText('2 rows').waitFor();
  });

  test('steps back through what was chosen, and what was typed is one step', async () => {
    const page = await open(`run/?id=${slower}`);
    const own = () => {
      const { id: _, ...rest } = Object.fromEntries(new URL(page.url()).searchParams);
      return rest;
    };
    await page.locator('#series').getByRole('button', { name: 'TTFT' }).click();
    await page.getByRole('searchbox', { name: 'Filter' }).pressSequentially('passed');
    await page.locator('#distributions').scrollIntoViewIfNeeded();
    await page.getByRole('combobox', { name: 'Metric', exact: true }).selectOption('e2eMs');
    await page.getByRole('combobox', { name: 'Scale', exact: true }).selectOption('log');
    await page
      .getByRole('button', { name: /^Show the answers/ })
      .first()
      .click();
    await page.locator('.answer-panel').waitFor();
    const steps = [
      { sort: 'ttftMs', q: 'passed', metric: 'e2eMs', scale: 'log' },
      { sort: 'ttftMs', q: 'passed', metric: 'e2eMs' },
      { sort: 'ttftMs', q: 'passed' },
      { sort: 'ttftMs' },
      {},
    ];
    for (const step of steps) {
      await page.goBack();
      expect(own()).toEqual(step);
    }
    await page.locator('#series').getByText('2 rows').waitFor();
    await expect(page.locator('.answer-panel').count()).resolves.toBe(0);
  });

  test('has its answers on demand, as text, with what the checks said', async () => {
    const page = await open(`run/?id=${slower}`);
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/data/outputs/')) asked.push(request.url());
    });
    await page.getByRole('button', { name: /^Show the answers of .* to .*capital/i }).click();
    const answer = page.getByRole('group', { name: 'Answer of herdmark-tiny:v1, Loads 1 and 2' });
    await expect(answer.textContent()).resolves.toBe(hostile);
    await expect(page.locator('.answer-panel .checks').textContent()).resolves.toContain('has Paris passed');
    expect(asked).toHaveLength(1);
    await expect(page.locator('main img').count()).resolves.toBe(0);
    expect(page.url()).toContain(`open=${model}/capital`);
  });

  test('draws distributions with their numbers beside them, and its samples in order', async () => {
    const page = await open(`run/?id=${slower}`);
    await page.locator('#distributions').scrollIntoViewIfNeeded();
    await page.locator('#distributions canvas').nth(1).waitFor();
    const row = page.locator('#distributions tbody tr').first();
    await expect(row.locator('td').first().textContent()).resolves.toBe('4');
    await page
      .getByRole('combobox', { name: 'Of', exact: true })
      .selectOption({ label: 'herdmark-tiny:v1, prompt by prompt' });
    await expect.poll(() => page.locator('#distributions tbody tr').count()).toBe(2);
    await page.locator('#samples').scrollIntoViewIfNeeded();
    await page.locator('#samples canvas').waitFor();
    await page.getByText('Each sample').click();
    await page.locator('#samples .unfolded tbody tr').first().waitFor();
    await expect(page.locator('#samples .unfolded tbody tr').count()).resolves.toBe(8);
  });

  test('offers its files', async () => {
    const page = await open(`run/?id=${slower}`);
    const links = page.locator('.files a');
    await links.first().waitFor();
    const files = await links.evaluateAll((found) => found.map((it) => (it as HTMLAnchorElement).href));
    expect(files[0]).toBe(`${site.url}data/runs/2026/11/${slower}.json.gz`);
    for (const file of files) expect((await page.request.get(file)).status()).toBe(200);
  });

  test.each([
    ['that is not there', `run/?id=20200101t000000z-000000`, 'There is no such run'],
    ['of no such name', `run/?id=<img>`, 'There is no such run'],
    ['that is not named', 'run/', 'No run is chosen'],
  ])('%s is missed in words', async (_, path, title) => {
    const page = await open(path, {}, /404/);
    await page.getByRole('alert').getByRole('heading', { name: title }).waitFor();
  });

  test('that cannot be reached may be asked for again', async () => {
    const page = await open('run/');
    await page.getByRole('heading', { name: 'No run is chosen' }).waitFor();
    await page.context().setOffline(true);
    await page.evaluate((id) => history.pushState(null, '', `?id=${id}`), slower);
    const failed = page.getByRole('heading', { name: 'The run could not be loaded' });
    await page.evaluate(() => dispatchEvent(new PopStateEvent('popstate')));
    await failed.waitFor();
    complaints.length = 0;
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Run of 2026-11-08' }).waitFor();
  });
});

describe('two runs', () => {
  test('are compared as the command line compares their folders', async () => {
    const page = await open(`compare/?base=${before}&head=${slower}&before=0`);
    await expectSameAs(page, await compareFolders(join(runsDir, before), join(runsDir, slower)));
    await expect(page.getByText('Base is its run alone.').isVisible()).resolves.toBe(true);
  });

  test('with those before base as the command line does with a folder of runs', async () => {
    const verdict = await compareFolders(runsDir, join(runsDir, slower));
    expect(verdict.models[0]?.joint.speed).toBe('regressed');
    const page = await open(`compare/?base=${before}&head=${slower}`);
    await expectSameAs(page, verdict);
    await page.getByText('Base is its run and 6 of 6 runs before it on the machine').waitFor();
  });

  test('show how an answer changed, word by word', async () => {
    const page = await open(`compare/?base=${before}&head=${slower}`);
    const change = page.locator('.answer-change', { hasText: 'capital' });
    // What changed beyond chance is open from the beginning.
    await change.locator('del').first().waitFor();
    await expect(change.locator('ins').allTextContents()).resolves.toEqual([hostile]);
    await expect(page.locator('main img').count()).resolves.toBe(0);
  });

  test('of two versions of the server are not, and it says why', async () => {
    const page = await open(`compare/?base=${before}&head=${updated}`);
    await page.getByRole('heading', { name: 'Not comparable' }).waitFor();
    await expect(page.locator('.model-verdict').textContent()).resolves.toMatch(
      /server-version Not the same Ollama: .* → 9\.9\.9\./,
    );
  });

  test('are chosen by keys, swapped, and stand in the address', async () => {
    const page = await open('compare/');
    const side = (name: string) => page.getByRole('group', { name });
    await side('Base')
      .getByLabel(/^Filter/)
      .fill('2026-11-07');
    await page.keyboard.press('Enter');
    await side('Head')
      .getByLabel(/^Filter/)
      .fill('11-08');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /^Slower: / }).waitFor();
    expect(page.url()).toBe(`${site.url}compare/?base=${before}&head=${slower}`);
    await page.getByRole('button', { name: 'Swap base and head' }).click();
    expect(page.url()).toBe(`${site.url}compare/?base=${slower}&head=${before}`);
    await page.goBack();
    await expect(side('Base').getByRole('combobox', { name: /^Run/ }).inputValue()).resolves.toBe(before);
    await side('Head').getByLabel('Model', { exact: true }).selectOption(model);
    expect(page.url()).toBe(`${site.url}compare/?base=${before}&head=${slower}:${model}`);
  });

  test('are a run and the one before it, in one step', async () => {
    const page = await open(`run/?id=${slower}`);
    await page.getByRole('link', { name: 'Compare with the run before' }).click();
    await page.getByRole('heading', { name: /^Slower: / }).waitFor();
    expect(page.url()).toBe(`${site.url}compare/?base=${before}&head=${slower}`);
    await page.goBack();
    await page.getByRole('heading', { name: 'Run of 2026-11-08' }).waitFor();
    await page.goto(`${site.url}compare/?base=before&head=${idOf(1)}`);
    await page.getByText('Head is the first run of its machine').waitFor();
  });

  test('are chosen by keys before the list of them has come', async () => {
    const page = await open('compare/');
    const list = Promise.withResolvers<void>();
    await page.route('**/runs.json', async (route) => {
      await list.promise;
      await route.continue();
    });
    await page.reload();
    for (const [side, words] of [
      ['Base', '2026-11-07'],
      ['Head', '11-08'],
    ] as const) {
      await page
        .getByRole('group', { name: side })
        .getByLabel(/^Filter/)
        .fill(words);
      await page.keyboard.press('Enter');
    }
    await page.getByText('Loading the list of runs').waitFor();
    list.resolve();
    await page.getByRole('heading', { name: /^Slower: / }).waitFor();
    expect(page.url()).toBe(`${site.url}compare/?base=${before}&head=${slower}`);
  });

  test('are copied as Markdown', async () => {
    const page = await open(`compare/?base=${before}&head=${slower}`, {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await page.getByRole('button', { name: 'Copy as Markdown' }).click();
    await page.getByText('Copied.').waitFor();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    expect(text).toMatch(/^## Herdmark: slower: /);
    expect(text.replaceAll('\\&', '&')).toContain(`${site.url}compare/?base=${before}&head=${slower}`);
  });

  test('that are one run without two sides are told to be', async () => {
    const page = await open(`compare/?base=${before}&head=${before}`);
    await expect(page.getByRole('alert').textContent()).resolves.toContain('Both sides are the same run');
  });
});

test.each([
  ['a run', `run/?id=${before}`, 'takes JavaScript'],
  ['a comparison', 'compare/', 'takes JavaScript'],
])('without a script %s says what it takes', async (_, path, text) => {
  const page = await open(path, { javaScriptEnabled: false });
  await expect(page.locator('noscript, main').first().textContent()).resolves.toContain(text);
  await expect(page.locator('.needs-js:visible').count()).resolves.toBe(0);
});

describe.each(['light', 'dark'] as const)('in the %s', (colorScheme) => {
  test.each([
    ['a run', `run/?id=${slower}&open=${model}/capital&only=remarked`, '.answer-panel pre'],
    ['a comparison', `compare/?base=${before}&head=${slower}`, '.model-verdict'],
    ['what is not comparable', `compare/?base=${before}&head=${updated}`, '.model-verdict'],
    ['an empty comparison', 'compare/', '.picker'],
  ])('%s is fit for everybody', async (_, path, ready) => {
    const page = await open(path, {
      ...{ colorScheme, bypassCSP: true },
      viewport: { width: 390, height: 844 },
    });
    await page.locator(ready).first().waitFor();
    await page.evaluate(() => {
      for (const it of document.querySelectorAll('details')) it.open = true;
    });
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(390);
    expect(await runAxe(page)).toEqual([]);
  });
});
