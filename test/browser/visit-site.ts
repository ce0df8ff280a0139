import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { buildSite, type SiteOptions } from '../../site/build.ts';
import { openBrowser, serveUnder } from './open-browser.ts';

/** The path that the site is served under, as on GitHub Pages. */
export const base = '/repo/';

/** A built site in a browser. What is in it is there once the tests run. */
export interface VisitedSite {
  /** Where it is served, with a slash at its end. */
  url: string;
  folder: string;
  /** Everything a page complained of, or asked of another host: what is left of it fails the test that opened the page. */
  complaints: string[];
  /** @param expected What the console of the page may say all the same. */
  open(path: string, options?: BrowserContextOptions, expected?: RegExp): Promise<Page>;
}

/**
 * Builds a site before the tests of a file, and shows it to them in a browser.
 * @param write Makes the runs or the history in an empty folder, and says where they are.
 */
export function visitSite(
  write: (root: string) => Promise<Pick<SiteOptions, 'runsDir' | 'historyDir'>>,
): VisitedSite {
  let root: string;
  let server: Server;
  let browser: Browser;
  const complaints: string[] = [];
  const site: VisitedSite = { ...{ url: '', folder: '', complaints }, open };

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'herdmark-browser-'));
    site.folder = join(root, 'site');
    const log = { info: () => undefined, warn: (line: string) => complaints.push(line) };
    await buildSite({ ...(await write(root)), outDir: site.folder, base, log });
    ({ url: site.url, server } = await serveUnder(base, site.folder));
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

  async function open(path: string, options: BrowserContextOptions = {}, expected = /^$/): Promise<Page> {
    const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
    const page = await context.newPage();
    page.on('pageerror', ({ message }) => complaints.push(message));
    page.on('console', (message) => {
      const isComplaint = ['error', 'warning'].includes(message.type()) && !expected.test(message.text());
      if (isComplaint) complaints.push(message.text());
    });
    page.on('dialog', (dialog) => complaints.push(`dialog: ${dialog.message()}`));
    page.on('request', (request) => {
      if (!request.url().startsWith(site.url)) complaints.push(`asked for ${request.url()}`);
    });
    await page.addInitScript(() => {
      addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
        console.error(`policy: ${violatedDirective} ${blockedURI}`);
      });
    });
    await page.goto(site.url + path);
    return page;
  }
  return site;
}

/** What axe finds on a page that was opened with `bypassCSP`: its policy would not let the script in. */
export async function runAxe(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: createRequire(import.meta.url).resolve('axe-core/axe.min.js') });
  const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}
