import { describe, expect, test } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatDigest,
  formatMetric,
  formatMs,
  formatNumber,
  formatPercent,
  formatPercentile,
  formatQuantity,
  formatRate,
  formatShare,
  formatTime,
} from '../../src/core/render/format.ts';

type Format = (value: number | null | undefined) => string;

const tables: [format: Format, rows: [value: number | null | undefined, text: string][]][] = [
  [
    formatNumber,
    [
      [0, '0'],
      [-0, '0'],
      [1, '1.00'],
      [0.1234, '0.123'],
      [0.0999, '0.0999'],
      [0.00012345, '0.000123'],
      [9.994, '9.99'],
      [9.996, '10.0'],
      [12.34, '12.3'],
      [99.96, '100'],
      [123.5, '124'],
      [999.5, '1,000'],
      [1234, '1,230'],
      [1_234_567, '1,230,000'],
      [-12.34, '−12.3'],
      [1e-30, '0.00000000000000000000'],
      [null, '–'],
      [undefined, '–'],
      [Number.NaN, '–'],
      [Number.POSITIVE_INFINITY, '–'],
    ],
  ],
  [
    formatMs,
    [
      [0, '0 ms'],
      [0.4213, '0.421 ms'],
      [12.34, '12.3 ms'],
      [999.4, '999 ms'],
      [999.6, '1.00 s'],
      [1000, '1.00 s'],
      [1234, '1.23 s'],
      [59_940, '59.9 s'],
      [59_960, '60.0 s'],
      [60_000, '1.00 min'],
      [90_000, '1.50 min'],
      [3_600_000, '1.00 h'],
      [360_000_000, '100 h'],
      [-1500, '−1.50 s'],
      [null, '–'],
      [undefined, '–'],
    ],
  ],
  [
    formatBytes,
    [
      [0, '0 B'],
      [1, '1 B'],
      [1023, '1,023 B'],
      [1024, '1.00 KiB'],
      [3_000_000, '2.86 MiB'],
      [5_583_457_484, '5.20 GiB'],
      [150_754_820_096, '140 GiB'],
      [2 ** 40, '1.00 TiB'],
      [null, '–'],
    ],
  ],
  [
    formatRate,
    [
      [0, '0 tok/s'],
      [42.123, '42.1 tok/s'],
      [1234.5, '1,230 tok/s'],
      [null, '–'],
    ],
  ],
  [
    formatCount,
    [
      [0, '0'],
      [12_345, '12,345'],
      [-3, '−3'],
      [null, '–'],
      [Number.NaN, '–'],
    ],
  ],
  [
    formatPercent,
    [
      [0, '0 %'],
      [0.96, '96.0 %'],
      [1, '100 %'],
      [null, '–'],
    ],
  ],
];

describe.each(tables)('%o', (format, rows) => {
  test.each(rows)('%s is %s', (value, text) => {
    expect(format(value)).toBe(text);
  });
});

test('a share of nothing is undefined, not 0 of 0', () => {
  expect([formatShare(48, 50), formatShare(0, 8), formatShare(0, 0)]).toEqual(['48 of 50', '0 of 8', '–']);
});

test('a quantity has its plural', () => {
  const texts = [
    formatQuantity(1, 'reply', 'replies'),
    formatQuantity(0, 'reply', 'replies'),
    formatQuantity(1200, 'request'),
  ];
  expect(texts).toEqual(['1 reply', '0 replies', '1,200 requests']);
});

test('a metric comes in its own unit', () => {
  expect([formatMetric('ttftMs', 1500), formatMetric('decodeTokensPerSecond', 1500)]).toEqual([
    '1.50 s',
    '1,500 tok/s',
  ]);
});

test('a percentile that too few samples bound says so, and one of no samples is undefined', () => {
  const texts = [
    formatPercentile('e2eMs', 812.3, 100),
    formatPercentile('e2eMs', null, 12),
    formatPercentile('e2eMs', null, 0),
  ];
  expect(texts).toEqual(['812 ms', 'n too small (12)', '–']);
});

test('digests and times are short', () => {
  expect(formatDigest(`sha256:500a1f06${'0'.repeat(56)}`)).toBe('500a1f06');
  expect(formatTime('2026-11-24T01:30:59.123Z')).toBe('2026-11-24 01:30 UTC');
});
