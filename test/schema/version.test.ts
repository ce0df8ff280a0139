import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type DocumentKind, readDocument, UnreadableDocument } from '../../src/schema/version.ts';

/** A document that has been through two breaks: 0 had seconds, 1 had `latency`, 2 has `latencyMs`. */
const kind: DocumentKind<{ schemaVersion: string; latencyMs: number }> = {
  name: 'report',
  schema: z.object({ schemaVersion: z.string(), latencyMs: z.number() }),
  major: 2,
  migrations: {
    0: ({ seconds }) => ({ schemaVersion: '1.0', latency: Number(seconds) * 1000 }),
    1: ({ latency }) => ({ schemaVersion: '2.0', latencyMs: latency }),
  },
};

function codeOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof UnreadableDocument) return error.code;
    throw error;
  }
  return 'read';
}

describe('a reader', () => {
  test('takes a field it does not know, and a newer minor', () => {
    expect(readDocument(kind, { schemaVersion: '2.7', latencyMs: 5, novelty: true })).toEqual({
      schemaVersion: '2.7',
      latencyMs: 5,
    });
  });

  test.each([
    ['one major old', { schemaVersion: '1.3', latency: 5000 }],
    ['two majors old', { schemaVersion: '0.9', seconds: 5 }],
  ])('migrates a document %s', (_, document) => {
    expect(readDocument(kind, document)).toEqual({ schemaVersion: '2.0', latencyMs: 5000 });
  });

  test.each([
    ['a newer major', { schemaVersion: '3.0', latencyMs: 5 }, 'newer-major'],
    ['a damaged field', { schemaVersion: '2.0', latencyMs: 'fast' }, 'invalid'],
    ['no version', { latencyMs: 5 }, 'not-a-document'],
    ['a version that is none', { schemaVersion: 2, latencyMs: 5 }, 'not-a-document'],
    ['a list', [], 'not-a-document'],
    ['nothing', null, 'not-a-document'],
  ])('refuses %s', (_, document, code) => {
    expect(codeOf(() => readDocument(kind, document))).toBe(code);
  });

  test('refuses a major that nothing migrates', () => {
    expect(
      codeOf(() => readDocument({ ...kind, migrations: {} }, { schemaVersion: '1.0', latency: 5 })),
    ).toBe('no-migration');
  });

  test('says what to do about a newer major', () => {
    expect(() => readDocument(kind, { schemaVersion: '3.1' })).toThrow(
      'This report has schemaVersion 3.1, and this Herdmark reads up to 2.x: update Herdmark.',
    );
  });
});
