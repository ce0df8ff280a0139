import type { ContentId } from '../../schema/history.ts';
import { runId } from '../../schema/primitives.ts';

/** Where a run lies in a history, by the year and month with which its id begins: `runs/2026/11/<id>.json.gz`. */
export function runPath(id: string): string {
  return `runs/${id.slice(0, 4)}/${id.slice(4, 6)}/${id}.json.gz`;
}

/** Its single requests, which a retention policy may have removed. */
export function samplesPath(id: string): string {
  return runPath(id).replace('runs/', 'samples/');
}

/** `inputs/01/23456789abcdef0123456789abcdef.json`: a folder for each two digits, so that none gets too long. */
export function inputPath(id: ContentId): string {
  return `inputs/${id.slice(0, 2)}/${id.slice(2)}.json`;
}

export function outputPath(id: ContentId): string {
  return `outputs/${id.slice(0, 2)}/${id.slice(2)}.json`;
}

/** The id of the run that lies at a path; null where no run belongs there. */
export function readRunPath(path: string): string | null {
  const name =
    path
      .split('/')
      .at(-1)
      ?.replace(/\.json\.gz$/, '') ?? '';
  return runId.safeParse(name).success && runPath(name) === path ? name : null;
}
