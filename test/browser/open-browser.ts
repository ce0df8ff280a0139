import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import sparticuz, { inflate } from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';
import sirv from 'sirv';

/** Where the browser is once it is unpacked, and the libraries that it takes. */
interface UnpackedBrowser {
  executablePath: string;
  libraries: string;
}

/** Unpacks the browser into the temporary folder, unless it is there: not for two at once, who would run half of it. */
export async function unpackBrowser(): Promise<UnpackedBrowser> {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const libraries = join(await inflate(join(entry, '../../bin/al2023.tar.br')), 'lib');
  return { executablePath: await sparticuz.executablePath(), libraries };
}

/** What a run of the tests has unpacked for all of them. */
export const unpackedVariable = 'HERDMARK_TEST_BROWSER';

/**
 * A Chromium from npm, with the package's own copies of the libraries that a bare machine lacks. Not with its own
 * switches: those are for a lambda, and give up web security.
 */
export async function openBrowser(): Promise<Browser> {
  const unpacked = process.env[unpackedVariable];
  const { executablePath, libraries }: UnpackedBrowser = unpacked
    ? JSON.parse(unpacked)
    : await unpackBrowser();
  return chromium.launch({
    executablePath,
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
