import { diffTexts, type TextDiff } from '../../../../src/core/word-diff.ts';

/** What the page asks of the worker. */
export interface DiffRequest {
  base: string;
  head: string;
}

// Of a worker, though this file is checked as one of a page.
const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<DiffRequest>) => void;
  postMessage(diff: TextDiff): void;
};
scope.onmessage = ({ data: { base, head } }) => scope.postMessage(diffTexts(base, head));
