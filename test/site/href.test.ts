import { describe, expect, test } from 'vitest';
import { href, normalizeBase } from '../../site/src/view/href.ts';

describe('links', () => {
  test.each([
    ['/', '', '/'],
    ['/', 'runs/x/', '/runs/x/'],
    ['/', '/runs/x/', '/runs/x/'],
    ['/repo/', '', '/repo/'],
    ['/repo/', 'runs/x/', '/repo/runs/x/'],
    ['/repo', 'runs/x/', '/repo/runs/x/'],
    ['repo/sub', 'runs/x/', '/repo/sub/runs/x/'],
  ])('under %s, %j is %s', (base, path, expected) => {
    expect(href(path, base)).toBe(expected);
  });

  test.each([
    ['', '/'],
    ['//', '/'],
    ['repo', '/repo/'],
    ['//evil.example/', '/evil.example/'],
  ])('the base %j is %s, never another host', (base, expected) => {
    expect(normalizeBase(base)).toBe(expected);
  });
});
