import { describe, expect, test } from 'vitest';
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
    ['another line', { line: 'line-2', metric: 'e2eMs', log: '1' }, {}],
    ['this line', { line: 'line-1', metric: 'e2eMs' }, { trend: 'e2eMs' }],
  ])('is read from a URL with %s', (_, query, state) => {
    expect(parse(query)).toEqual({ ...defaultTrendState, ...state });
  });

  test('is that of the trend which a link points at, unless the query names one', () => {
    expect(parse({}, '#line-1-e2eMs').trend).toBe('e2eMs');
    expect(parse({}, '#line-11-e2eMs').trend).toBe('ttftMs');
    expect(parse({ metric: 'loadMs' }, '#line-1-e2eMs').trend).toBe('loadMs');
  });

  test('comes back from the URL that it was written to', () => {
    const state = {
      ...{ trend: 'e2eMs' as const, range: 'all' as const, isLog: true, showSlowest: true },
      night: Date.parse('2026-11-02T01:30:00Z'),
      window: { from: Date.parse('2026-11-01T01:30:05Z'), to: Date.parse('2026-11-08T00:00:00Z') },
    };
    const query = writeTrendState(state, 'line-1');
    expect(query).toEqual({
      ...{ metric: 'e2eMs', range: 'all', from: '2026-11-01T01:30:05Z', to: '2026-11-08T00:00Z' },
      ...{ night: '2026-11-02T01:30Z', log: '1', slowest: '1', line: 'line-1' },
    });
    expect(parse(query)).toEqual(state);
  });

  test('leaves nothing in the URL where it is the default', () => {
    expect(Object.values(writeTrendState(defaultTrendState, 'line-1')).join('')).toBe('');
    expect(writeTrendState({ ...defaultTrendState, isLog: true }, null).line).toBe('');
  });
});
