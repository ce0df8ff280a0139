import { expect, test } from 'vitest';
import { writeQuery } from '../../site/src/client/ui/query-state.ts';

test.each([
  [{}, {}, ''],
  [{ id: 'x' }, { q: 'a b' }, '?id=x&q=a+b'],
  [{ base: 'r:m-1' }, { open: 'm/p' }, '?base=r:m-1&open=m/p'],
  [{ id: 'x', q: 'y' }, { q: '' }, '?id=x'],
  [{ q: 'a' }, { q: 'a+b&c=ü' }, '?q=a%2Bb%26c%3D%C3%BC'],
])('%j with %j is %s', (now, changes, query) => {
  expect(writeQuery(now, changes)).toBe(query);
  const read = Object.fromEntries(new URLSearchParams(query));
  const expected = Object.entries({ ...now, ...changes }).filter(([, value]) => value !== '');
  expect(read).toEqual(Object.fromEntries(expected));
});
