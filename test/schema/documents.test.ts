import { describe, expect, test } from 'vitest';
import { planRun } from '../../src/core/plan.ts';
import { outputDocument, planDocument, runDocument } from '../../src/schema/documents.ts';
import { prompt } from '../../src/schema/prompt-set.ts';
import { type DocumentKind, readDocument } from '../../src/schema/version.ts';
import { digest, makeRun, makeVariant } from '../blank-run.ts';

const hash = digest('a');
const run = makeRun({ variants: [makeVariant('m', 3, 1, 1)], objectives: { ttftMs: 200 } });
const plan = planRun({
  variants: [{ key: 'm-aaaaaaaa', name: 'm', digest: hash, options: {}, think: null, unsupported: [] }],
  promptSet: {
    ...{ id: 'core', version: 1, hash },
    prompts: [
      prompt.parse({ id: 'p', title: 'P', category: 'c', prompt: 'Say one.', checks: [{ type: 'json' }] }),
    ],
  },
  ...{ loads: 1, rounds: 1, warmup: 1, warmupMax: 1, cache: 'defeat', hashText: () => hash },
  loadShapes: [{ kind: 'closed', concurrency: 1 }],
});
const output = {
  ...{ schemaVersion: '2.0', variant: 'm-aaaaaaaa', model: 'm', digest: hash, prompt: 'p' },
  ...{ requestHash: hash, checksHash: hash },
  answers: [
    {
      ...{ block: 0, text: '', thinking: '', hash, doneReason: 'stop', outputTokens: 9, checks: [] },
      ...{ toolCalls: [{ name: 'now', arguments: { zone: 'UTC' } }], embedding: null },
    },
    {
      ...{ block: 1, text: '', thinking: '', hash, doneReason: null, outputTokens: null, checks: [] },
      ...{ toolCalls: [], embedding: { vectors: 2, dimensions: 384 } },
    },
  ],
};

/** The version has an error of its own; the others came with a minor, and are filled in where they are missing. */
const optional = new Set(['schemaVersion', 'knownLoads']);

describe.each<[string, DocumentKind<unknown>, object]>([
  ['a run report', runDocument, run],
  ['a plan', planDocument, plan],
  ['a saved output', outputDocument, output],
])('%s', (_, kind, document) => {
  test('is read as it was written', () => {
    expect(readDocument(kind, JSON.parse(JSON.stringify(document)))).toEqual(document);
  });

  test('of a newer minor is read, without the fields that this version does not know', () => {
    const newer = { ...document, schemaVersion: '2.9', novelty: { some: 'field' } };
    expect(readDocument(kind, newer)).toEqual({ ...document, schemaVersion: '2.9' });
  });

  test('of a newer major is refused', () => {
    expect(() => readDocument(kind, { ...document, schemaVersion: '3.0' })).toThrow(
      /reads up to 2\.x: update Herdmark/,
    );
  });

  test.each(Object.keys(document).filter((key) => !optional.has(key)))(
    'without %s is refused, naming it',
    (key) => {
      const { [key]: _, ...damaged } = Object.fromEntries(Object.entries(document));
      expect(() => readDocument(kind, damaged)).toThrow(`→ at ${key}`);
    },
  );
});

describe('what a run knows of earlier loads', () => {
  const known = { metric: 'ttftMs', variance: 1e-4, degreesOfFreedom: 5, pairs: 48, nightly: false };
  const read = (knownLoads: unknown) => readDocument(runDocument, { ...run, knownLoads }).knownLoads;

  test('is nothing in one from before it was kept', () => {
    const { knownLoads: _, ...older } = { ...run, schemaVersion: '2.0' };
    expect(readDocument(runDocument, older)).toEqual({ ...run, schemaVersion: '2.0' });
  });

  test.each([
    ['not more than anybody has', Array.from({ length: 1001 }, () => known)],
    ['no variance that is none', [{ ...known, variance: -1 }]],
    ['none that overflows', [{ ...known, variance: 1e300 }]],
    ['no freedom that overflows', [{ ...known, degreesOfFreedom: 1e300 }]],
    ['no pairs that overflow', [{ ...known, pairs: 1e300 }]],
  ])('is %s', (_, loads) => {
    expect(() => read(loads)).toThrow('→ at knownLoads');
    expect(read([known])).toEqual([known]);
  });
});

describe('names and labels in a run report are one plain line, whatever a machine or an artifact states', () => {
  const read = (change: (run: ReturnType<typeof JSON.parse>) => void) => {
    const document = JSON.parse(JSON.stringify(run));
    change(document);
    return readDocument(runDocument, document);
  };

  test.each([
    ['bad\x08\x1b[31m\u202elabel', 'bad [31mlabel'],
    ['a\nb\u2028c\ufffe', 'a b c'],
    ['L'.repeat(3000), `${'L'.repeat(299)}…`],
    ['NVIDIA L4', 'NVIDIA L4'],
  ])('%j', (text, line) => {
    const { machine, variants } = read((document) => {
      document.machine.label = text;
      document.variants[0].name = text;
    });
    expect([machine.label, variants[0]?.name]).toEqual([line, line]);
  });

  test('what a sentence quotes keeps its spaces', () => {
    const { flags } = read((document) => {
      document.flags = [{ code: 'odd', reason: 'found "a  b\u202e\x1b"' }];
    });
    expect(flags[0]?.reason).toBe('found "a  b "');
  });
});
