import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder with Herdmark's own action.yml, whether this runs from src/ or bundled in dist/. */
export function packageRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'action.yml'))) {
    const parent = dirname(folder);
    if (parent === folder)
      throw new Error(`No action.yml above ${import.meta.dirname}: this installation is incomplete.`);
    folder = parent;
  }
  return folder;
}
