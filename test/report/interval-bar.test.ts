import { expect, test } from 'vitest';
import { chooseSpan } from '../../src/core/render/interval-layout.ts';
import { Html } from '../../src/report/html.ts';
import { intervalBar } from '../../src/report/interval-bar.ts';
import type { MetricVerdict } from '../../src/schema/verdict.ts';
import { makeMetric } from './example-verdicts.ts';

test.each<[string, MetricVerdict[], number]>([
  ['no metric', [], 0.05],
  ['small changes', [makeMetric('ttftMs', 'unchanged', 0.001)], 0.05],
  ['a change beyond the floor', [makeMetric('ttftMs', 'regressed', -0.1, 0.1)], 0.22],
  ['a change beyond all others', [makeMetric('ttftMs', 'regressed', 3)], 0.5],
])('the axis of %s', (_, metrics, span) => {
  expect(chooseSpan(metrics, 0.02)).toBeCloseTo(span, 12);
});

const drawing = (metric: MetricVerdict) => {
  const content = intervalBar(metric, 0.5, 0.02);
  return content instanceof Html ? content.markup : null;
};

test('a bar has its interval, its change and the floor, on an axis with zero in the middle', () => {
  const svg = drawing(makeMetric('ttftMs', 'regressed', 0.25, 0.125));
  expect(svg).toContain('<rect class="floor" x="77" y="1" width="6" height="24"/>');
  expect(svg).toContain('<path class="line" d="M98.5 13H135.5"/>');
  expect(svg).toContain('<circle class="dot" cx="117" cy="13" r="4"/>');
});

test('what is beyond the axis is cut, with an arrow', () => {
  expect(drawing(makeMetric('ttftMs', 'regressed', 3, 0.1))).toContain('d="M149 8L154 13l-5 5"');
  expect(drawing(makeMetric('ttftMs', 'improved', -0.7, 0.1))).toContain('d="M11 8L6 13l5 5"');
});

test('without a change there is nothing to draw', () => {
  expect(drawing(makeMetric('ttftMs', 'not comparable', null))).toBeNull();
});
