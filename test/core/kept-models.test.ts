import { expect, test } from 'vitest';
import { findEarlier, keptNameOf, type ListedTag, listKept, listStale } from '../../src/core/kept-models.ts';

const digest = (hex: string) => `sha256:${hex.repeat(64)}`;
const kept = (hex: string, day: number): ListedTag => ({
  ...{ name: keptNameOf('qwen3:8b', digest(hex)), digest: digest(hex) },
  modifiedAt: `2026-11-0${day}T00:00:00Z`,
});
const tags: ListedTag[] = [
  { name: 'qwen3:8b', digest: digest('d'), modifiedAt: '2026-11-09T00:00:00Z' },
  ...[kept('a', 1), kept('c', 3), kept('b', 2), kept('d', 4)],
  // Of another tag, and names that only look like ours.
  { name: keptNameOf('qwen3:4b', digest('e')), digest: digest('e'), modifiedAt: null },
  { name: 'herdmark/qwen3-8b:mine', digest: digest('f'), modifiedAt: null },
  { name: 'somebody/qwen3-8b:aaaaaaaaaaaa', digest: digest('a'), modifiedAt: null },
];

test('a kept model is called after its tag and its digest', () => {
  expect(keptNameOf('hf.co/org/Repo:Q4_K', digest('a'))).toBe('herdmark/hf.co-org-repo-q4-k:aaaaaaaaaaaa');
});

test('the kept models of a tag are listed, the latest first, and no other', () => {
  expect(listKept('qwen3:8b', tags)).toEqual([kept('d', 4), kept('c', 3), kept('b', 2), kept('a', 1)]);
});

test('the one before is the latest that is another model', () => {
  expect(findEarlier('qwen3:8b', digest('d'), tags)).toEqual(kept('c', 3));
  expect(findEarlier('gemma3:4b', digest('d'), tags)).toBeNull();
});

test('of the earlier ones the last few stay, and the present one is none of them', () => {
  expect(listStale('qwen3:8b', digest('d'), tags, 2)).toEqual([kept('a', 1)]);
  expect(listStale('qwen3:8b', digest('d'), tags, 3)).toEqual([]);
});
