import { describe, expect, test } from 'vitest';
import { href, links, normalizeBase } from '../../site/src/view/href.ts';

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

  test.each([
    [links.overview(), '/'],
    [links.model('qwen3-8b', 'line-1'), '/models/qwen3-8b/#line-1'],
    [links.prompt('facts', 'capital'), '/prompts/facts/capital/'],
    [links.run('20261124t013000z-a1b2c3', 'series'), '/run/?id=20261124t013000z-a1b2c3#series'],
    [links.compare(), '/compare/'],
    [links.compare('a:qwen3-8b', 'b'), '/compare/?base=a:qwen3-8b&head=b'],
    [links.compare(undefined, 'b&c'), '/compare/?head=b%26c'],
    [links.data('changes.atom'), '/data/changes.atom'],
  ])('%s', (link, expected) => {
    expect(link).toBe(expected);
  });
});
