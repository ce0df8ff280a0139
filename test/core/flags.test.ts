import { describe, expect, test } from 'vitest';
import {
  type FlagCode,
  flagDefinitions,
  invalidates,
  raise,
  statusOf,
  voidsRates,
} from '../../src/core/flags.ts';
import type { Phase } from '../../src/schema/plan.ts';
import { flag } from '../../src/schema/sample.ts';

const entries = Object.entries(flagDefinitions);
const codes = entries.map(([code]) => code);
const codesOn = (on: string) => entries.filter(([, it]) => it.on === on).map(([code]) => code);

test.each(entries)('%s is a code, and its meaning is a sentence', (code, { meaning }) => {
  expect(flag.safeParse({ code, reason: meaning }).success).toBe(true);
  expect(meaning).toMatch(/^\S.*\.$/);
});

describe('what a flag does', () => {
  test('to a sample: it is invalid, or has no rates', () => {
    expect(codesOn('sample').filter((code) => !invalidates({ code, reason: '' }))).toEqual([
      'output-too-short',
    ]);
    expect(codes.filter((code) => voidsRates({ code, reason: '' }))).toEqual(['output-too-short']);
  });

  test('to a model or a run: nothing', () => {
    const others = [...codesOn('model'), ...codesOn('run')];
    expect(others.filter((code) => invalidates({ code, reason: '' }))).toEqual([]);
    expect(codesOn('sample').length + others.length).toBe(entries.length);
  });

  test('whose code is of a later version: the sample is not trusted', () => {
    expect(invalidates({ code: 'later-trouble', reason: '' })).toBe(true);
    expect(voidsRates({ code: 'later-trouble', reason: '' })).toBe(false);
  });

  test('whose code is a property of every object: no more than of any other', () => {
    expect(invalidates({ code: 'constructor', reason: '' })).toBe(true);
    expect(voidsRates({ code: 'constructor', reason: '' })).toBe(false);
  });
});

test.each<[string[], Phase, 'ok' | 'invalid']>([
  [[], 'timed', 'ok'],
  [['output-too-short'], 'timed', 'ok'],
  [['queued'], 'timed', 'invalid'],
  [['queued'], 'warmup', 'invalid'],
  [['thinking-exhausted'], 'timed', 'invalid'],
  // Of a bare prompt the answer counts, and not when it came.
  [['queued'], 'bare', 'ok'],
  [['queued', 'reloaded', 'clocks-disagree', 'retried', 'gpu-throttled', 'other-model-loaded'], 'bare', 'ok'],
  [['queued', 'thinking-exhausted'], 'bare', 'invalid'],
  [['cache-contaminated'], 'bare', 'invalid'],
  [['model-changed'], 'bare', 'invalid'],
  [['later-trouble'], 'bare', 'invalid'],
])('flags %j make a sample of phase %s %s', (given, phase, status) => {
  expect(
    statusOf(
      given.map((code) => ({ code, reason: 'So.' })),
      phase,
    ),
  ).toBe(status);
});

test('a flag is its code and the reason', () => {
  const code: FlagCode = 'queued';
  expect(raise(code, 'It waited.')).toEqual({ code: 'queued', reason: 'It waited.' });
});
