import { describe, expect, test } from 'vitest';
import { linkCommitOf, listRepositories } from '../../site/src/view/trend-commits.ts';
import { findReadNight } from '../../site/src/view/trend-night.ts';
import { defaultTrendState, parseTrendState, writeTrendState } from '../../site/src/view/trend-state.ts';

const trends = ['ttftMs', 'e2eMs', 'loadMs'] as const;
const parse = (query: Record<string, string>, hash = '') => parseTrendState(query, 'line-1', trends, hash);

describe('the state of a chart', () => {
  test.each([
    ['nothing', {}, {}],
    ['a metric', { metric: 'e2eMs' }, { trend: 'e2eMs' }],
    ['a metric that the line lacks', { metric: 'memoryBytes' }, {}],
    ['a range', { range: '1y' }, { range: '1y' }],
    ['a range that is none', { range: 'toString' }, {}],
    [
      'a stretch of time',
      { from: '2026-11-01T00:00Z', to: '2026-11-08T00:00Z' },
      { window: { from: Date.parse('2026-11-01T00:00Z'), to: Date.parse('2026-11-08T00:00Z') } },
    ],
    ['a stretch that ends before it begins', { from: '2026-11-08', to: '2026-11-01' }, {}],
    ['half a stretch', { from: '2026-11-08' }, {}],
    ['no time at all', { from: 'then', to: 'now' }, {}],
    ['a night', { night: '2026-11-08T01:30Z' }, { night: Date.parse('2026-11-08T01:30Z') }],
    ['a night that is none', { night: 'last' }, {}],
    ['switches', { log: '1', slowest: '1' }, { isLog: true, showSlowest: true }],
    ['what is of another line', { 'line-2.metric': 'e2eMs', 'line-2.log': '1' }, {}],
  ])('is read from a URL with %s', (_, query, state) => {
    expect(parse(query)).toEqual({ ...defaultTrendState, ...state });
  });

  test('is that of the trend which a link points at, unless the query names one', () => {
    expect(parse({}, '#line-1-e2eMs').trend).toBe('e2eMs');
    expect(parse({}, '#line-11-e2eMs').trend).toBe('ttftMs');
    expect(parse({ metric: 'loadMs' }, '#line-1-e2eMs').trend).toBe('loadMs');
  });

  test.each([
    ['the first line', 'line-1', ''],
    ['another one', 'line-2', 'line-2.'],
  ])('of %s comes back from the URL that it was written to, beside those of others', (_, anchor, prefix) => {
    const state = {
      ...{ trend: 'e2eMs' as const, range: 'all' as const, isLog: true, showSlowest: true },
      night: Date.parse('2026-11-02T01:30:00Z'),
      window: { from: Date.parse('2026-11-01T01:30:05Z'), to: Date.parse('2026-11-08T00:00:00Z') },
    };
    const query = writeTrendState(state, anchor);
    const own = {
      ...{ metric: 'e2eMs', range: 'all', from: '2026-11-01T01:30:05Z', to: '2026-11-08T00:00Z' },
      ...{ night: '2026-11-02T01:30Z', log: '1', slowest: '1' },
    };
    expect(query).toEqual(
      Object.fromEntries(Object.entries(own).map(([name, value]) => [prefix + name, value])),
    );
    const others = writeTrendState({ ...state, trend: 'loadMs', window: null, night: null }, 'line-3');
    expect(parseTrendState({ ...query, ...others }, anchor, trends)).toEqual(state);
  });

  test('leaves nothing in the URL where it is the default', () => {
    expect(Object.values(writeTrendState(defaultTrendState, 'line-1')).join('')).toBe('');
  });
});

describe('the night that is read out', () => {
  const at = [10, 20, 30, 40];
  test.each([
    ['the newest', { from: 0, to: 50 }, null, null, 3, false],
    ['the newest of those that are seen', { from: 5, to: 35 }, null, null, 2, false],
    ['the one at the very end', { from: 5, to: 20 }, null, null, 1, false],
    ['the one that is pointed at', { from: 0, to: 50 }, null, 1, 1, false],
    ['the chosen one, whatever is pointed at', { from: 0, to: 50 }, 0, 1, 0, true],
    ['none that is chosen and not seen', { from: 15, to: 50 }, 0, 1, 1, false],
    ['none that is pointed at and not seen', { from: 15, to: 35 }, null, 3, 2, false],
    ['the nearest, where none is seen', { from: 31, to: 36 }, 0, 1, 2, false],
  ])('is %s', (_, window, chosen, pointed, night, isChosen) => {
    expect(findReadNight(at, window, chosen, pointed)).toEqual({ night, isChosen });
  });
});

describe('the commit of a night', () => {
  const sha = '0123456789abcdef0123456789abcdef01234567';
  const repositories = listRepositories(
    ['a/old', 'a/old', null, 'a/new', 'a/new'].map((repository) => ({ repository })),
  );

  test('is of the repository that was measured then', () => {
    expect(repositories.map(({ from }) => from)).toEqual([0, 2, 3]);
    expect(linkCommitOf(repositories, 1, sha)).toBe(`https://github.com/a/old/commit/${sha}`);
    expect(linkCommitOf(repositories, 4, sha)).toBe(`https://github.com/a/new/commit/${sha}`);
  });

  test.each([
    ['without a repository', 2, sha],
    ['without a commit', 1, null],
    ['that is no commit', 1, '../../settings'],
    ['before all nights', -1, sha],
  ])('%s leads nowhere', (_, night, commit) => {
    expect(linkCommitOf(repositories, night, commit)).toBeNull();
  });
});
