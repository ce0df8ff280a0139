import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { hashJson } from '../../src/core/hash.ts';
import { nonceFor } from '../../src/core/nonce.ts';
import { createRunId } from '../../src/core/run-id.ts';
import { nameVariants, slugify } from '../../src/core/slug.ts';
import { runId, slug, variantKey } from '../../src/schema/primitives.ts';

const hashText = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;

test.each([
  ['qwen3:8b', 'qwen3-8b'],
  ['hf.co/Org/Repo_Name:Q4_K_M', 'hf.co-org-repo-name-q4-k-m'],
  ['../../etc/passwd', 'etc-passwd'],
  ['a..b--c', 'a-b-c'],
  ['模型', 'model'],
  ['-', 'model'],
  [`${'x'.repeat(79)}:yes`, 'x'.repeat(79)],
])('the slug of %j is %j', (name, expected) => {
  expect(slugify(name)).toBe(expected);
  expect(slug.safeParse(expected).success).toBe(true);
});

test('variants are named by slug and digest, and two of one model stay apart', () => {
  const digest = `sha256:7f3a9c2e${'0'.repeat(56)}`;
  const keys = nameVariants([
    { name: 'qwen3:8b', digest },
    { name: 'qwen3:8b', digest },
    { name: 'gemma3', digest },
  ]);
  expect(keys).toEqual(['qwen3-8b-7f3a9c2e', 'qwen3-8b.2-7f3a9c2e', 'gemma3-7f3a9c2e']);
  expect(keys.map((key) => variantKey.safeParse(key).success)).toEqual([true, true, true]);
});

test('a run id sorts by time and is valid', () => {
  const id = createRunId(new Date('2026-11-24T01:30:00.123Z'), '4f09ab');
  expect(id).toBe('20261124t013000z-4f09ab');
  expect(runId.safeParse(id).success).toBe(true);
});

describe('a nonce', () => {
  test('is a function of prompt set, prompt and round, and always as long', () => {
    expect(nonceFor('core', 'extract-contact', 0, hashText)).toBe(
      nonceFor('core', 'extract-contact', 0, hashText),
    );
    const nonces = [0, 1, 2].flatMap((round) =>
      ['a', 'b'].map((prompt) => nonceFor('core', prompt, round, hashText)),
    );
    expect(new Set(nonces).size).toBe(6);
    expect(nonces.every((nonce) => /^\[[0-9a-f]{8}\] $/.test(nonce))).toBe(true);
  });
});

test('a hash of JSON does not depend on the order of keys, but on the values', () => {
  expect(hashJson({ a: 1, b: [2, { c: 3, d: 4 }] }, hashText)).toBe(
    hashJson({ b: [2, { d: 4, c: 3 }], a: 1 }, hashText),
  );
  expect(hashJson({ a: 1 }, hashText)).not.toBe(hashJson({ a: '1' }, hashText));
});
