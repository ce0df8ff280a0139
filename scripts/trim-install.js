// Keeps a checkout under 700 MB: the C headers that come with Node, of node-llama-cpp its sources and the builds for
// other processors, and the source maps of packages serve people who compile, cross-install or debug those; nothing
// here does. Plain JavaScript, as it runs under the machine's own Node before Node 24 is on the path. See
// docs/adr/0002-dependencies.md.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const modules = fileURLToPath(new URL('../node_modules/', import.meta.url));
const foldersIn = (path) =>
  existsSync(path)
    ? readdirSync(path, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => join(path, entry.name))
    : [];

const neverUsedHere = [
  ...foldersIn(join(modules, 'node/node_modules')).map((part) => join(part, 'include')),
  ...foldersIn(join(modules, '@node-llama-cpp')).filter((build) => !build.includes(`-${process.arch}`)),
  join(modules, 'node-llama-cpp/llama/gitRelease.bundle'),
  ...readdirSync(modules, { recursive: true })
    .filter((file) => file.endsWith('.map'))
    .map((file) => join(modules, file)),
];

for (const path of neverUsedHere) rmSync(path, { recursive: true, force: true });
