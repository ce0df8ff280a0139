// npm run build: src/action → dist/, src/schema → schema/, the tables in docs/. All are committed, and CI fails where
// they differ. With a folder as argument only the bundle is made, in there: to measure it, say.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { rolldown } from 'rolldown';
import { emitDocs } from './emit-docs.ts';
import { emitSchemas } from './emit-schemas.ts';

const root = join(import.meta.dirname, '..');
const [elsewhere] = process.argv.slice(2);
const dist = elsewhere === undefined ? join(root, 'dist') : resolve(elsewhere);

const bundle = await rolldown({
  cwd: root,
  input: {
    ...{ index: 'src/action/index.ts', post: 'src/action/post.ts' },
    // A process of its own, so that the client it calibrates has its event loop to itself.
    'timed-server': 'src/calibrate/timed-server.ts',
  },
  platform: 'node',
  // They only define things. Taken for more, they bring an HTTP client of their own into every start.
  treeshake: {
    moduleSideEffects: [
      { test: /node_modules\/@actions\/(?:core|http-client|exec|io)\//, sideEffects: false },
    ],
  },
  // Left as it is, it would be an import that fails on the user's runner.
  onLog: (level, log, handle) => handle(log.code === 'UNRESOLVED_IMPORT' ? 'error' : level, log),
});
const { output } = await bundle.write({
  dir: dist,
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: '[name].js',
  minify: false,
  cleanDir: true,
});
await bundle.close();
const modules = output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
await writeFile(join(dist, 'LICENSES.txt'), await collectLicenses(modules));
if (elsewhere === undefined) {
  await emitSchemas(join(root, 'schema'));
  await emitDocs(join(root, 'docs'));
}

/** The licences of all packages in the bundle, as most of them ask for. */
async function collectLicenses(moduleIds: readonly string[]): Promise<string> {
  const folders = moduleIds.flatMap(
    (id) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(relative(root, id))?.[0] ?? [],
  );
  const sections: string[] = [];
  for (const folder of [...new Set(folders)].sort()) {
    const { name, version, license } = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'));
    const file = (await readdir(join(root, folder))).sort().find((it) => /^(licen[cs]e|copying)/i.test(it));
    const text =
      file === undefined ? `Licence: ${license}` : await readFile(join(root, folder, file), 'utf8');
    sections.push(`${name} ${version}\n\n${text.trim()}\n`);
  }
  return sections.join(`\n${'-'.repeat(80)}\n\n`);
}
