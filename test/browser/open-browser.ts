import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sparticuz, { inflate } from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';
import sirv from 'sirv';

/**
 * A Chromium from npm, with the package's own copies of the libraries that a bare machine lacks. Not with its own
 * switches: those are for a lambda, and give up web security.
 */
export async function openBrowser(): Promise<Browser> {
  const archive = new URL('../bin/al2023.tar.br', import.meta.resolve('@sparticuz/chromium'));
  const libraries = join(await inflate(fileURLToPath(archive)), 'lib');
  return chromium.launch({
    executablePath: await sparticuz.executablePath(),
    env: { ...process.env, LD_LIBRARY_PATH: libraries },
    args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  });
}

/** Serves a folder under a base path, as GitHub Pages does, and nothing outside it. */
export async function serveUnder(base: string, folder: string): Promise<{ url: string; server: Server }> {
  const files = sirv(folder, { dev: true });
  const server = createServer((request, response) => {
    const { url = '/' } = request;
    if (!url.startsWith(base)) {
      response.writeHead(404).end();
      return;
    }
    request.url = url.slice(base.length - 1);
    files(request, response, () => {
      response.writeHead(404).end();
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server listens on no port');
  return { url: `http://127.0.0.1:${address.port}${base}`, server };
}
