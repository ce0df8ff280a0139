import { describe, expect, test } from 'vitest';
import { outputDocument, planDocument, runDocument } from '../../src/schema/documents.ts';
import { type DocumentKind, readDocument } from '../../src/schema/version.ts';
import { makeRun } from '../site/make-run.ts';

const { run } = makeRun({
  startedAt: '2026-11-01T01:30:00Z',
  models: [{ name: 'm:1', weights: 'a', ttftMs: [10, 11, 12] }],
});
const hash = `sha256:${'a'.repeat(64)}`;
const plan = {
  ...{ schemaVersion: '1.0', promptSet: { id: 'core', version: 1, hash }, loads: 1, rounds: 1, warmup: 1 },
  ...{ loadShape: { kind: 'closed', concurrency: 1 }, seed: null, variants: [], requests: [] },
};
const output = {
  ...{ schemaVersion: '1.0', variant: 'm-1-aaaaaaaa', model: 'm:1', digest: hash, prompt: 'one' },
  ...{ requestHash: hash, checksHash: hash, answers: [] },
};

describe.each<[string, DocumentKind<unknown>, object]>([
  ['a run report', runDocument, run],
  ['a plan', planDocument, plan],
  ['a saved output', outputDocument, output],
])('%s', (_, kind, document) => {
  test('is read as it was written', () => {
    expect(readDocument(kind, JSON.parse(JSON.stringify(document)))).toEqual(document);
  });

  test('of a newer minor is read, without the fields that this version does not know', () => {
    const newer = { ...document, schemaVersion: '1.9', novelty: { some: 'field' } };
    expect(readDocument(kind, newer)).toEqual({ ...document, schemaVersion: '1.9' });
  });

  test('of a newer major is refused', () => {
    expect(() => readDocument(kind, { ...document, schemaVersion: '2.0' })).toThrow(
      /reads up to 1\.x: update Herdmark/,
    );
  });

  test('without a required field is refused, naming it', () => {
    const [first = ''] = Object.keys(document).filter((key) => key !== 'schemaVersion');
    const { [first]: _, ...damaged } = Object.fromEntries(Object.entries(document));
    expect(() => readDocument(kind, damaged)).toThrow(`→ at ${first}`);
  });
});
