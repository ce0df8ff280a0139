import { join } from 'node:path';
import type { AstroInlineConfig } from 'astro';

const siteDir = import.meta.dirname;

/**
 * Renders the pages of the data that was handed over, into a folder that is emptied first.
 * @param base The path that the site will be served under, with a slash at both ends.
 */
export async function runAstro(outDir: string, base: string): Promise<void> {
  process.env.ASTRO_TELEMETRY_DISABLED = '1';
  const { build } = await import('astro');
  const config: AstroInlineConfig = {
    root: siteDir,
    configFile: false,
    outDir,
    base,
    cacheDir: join(outDir, '../cache'),
    logLevel: 'error',
    output: 'static',
    trailingSlash: 'always',
    devToolbar: { enabled: false },
    // There are no images; the default service would want sharp, a native package.
    image: { service: { entrypoint: 'astro/assets/services/noop' } },
    build: { inlineStylesheets: 'never' },
    vite: {
      // The bundle that renders the pages lies in the output folder, from where no package can be found.
      environments: {
        prerender: { resolve: { noExternal: true } },
        // Vite's own, and first of all what packages have for workers: what needs no document parses no HTML either.
        client: { resolve: { conditions: ['worker', 'module', 'browser', 'development|production'] } },
      },
      build: { assetsInlineLimit: 0 },
    },
  };
  await build(config);
}
