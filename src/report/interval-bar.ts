import { formatChange } from '../core/render/verdict-format.ts';
import { toneOf } from '../core/render/verdict-words.ts';
import type { MetricVerdict } from '../schema/verdict.ts';
import { type Content, type Html, html } from './html.ts';

const width = 160;
const height = 26;
const middle = height / 2;
/** Beyond this a bar would make all others unreadable: it is cut, with an arrow. */
const widest = 0.5;

/** Half the width of the common axis: the longest interval, and well beyond the floor. */
export function chooseSpan(metrics: readonly MetricVerdict[], floor: number): number {
  const ends = metrics.flatMap(({ change, interval }) => [
    Math.abs(change ?? 0),
    Math.abs(interval?.low ?? 0),
    Math.abs(interval?.high ?? 0),
  ]);
  return Math.min(Math.max(1.1 * Math.max(0, ...ends), 2.5 * floor), widest);
}

/** The change and its interval around zero; the band is the floor. The cells beside it say the same in numbers. */
export function intervalBar({ change, interval, word }: MetricVerdict, span: number, floor: number): Content {
  if (change === null) return null;
  const x = (ratio: number) => round(((clamp(ratio / span) + 1) / 2) * (width - 12) + 6);
  const { low, high } = interval ?? { low: change, high: change };
  return html`<svg class="bar ${toneOf(word)}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" aria-hidden="true">
<rect class="floor" x="${x(-floor)}" y="1" width="${round(x(floor) - x(-floor))}" height="${height - 2}"/>
<path class="zero" d="M${x(0)} 0V${height}"/>
<path class="line" d="M${x(low)} ${middle}H${x(high)}"/>
${low < -span ? arrow(x(low), 1) : end(x(low))}${high > span ? arrow(x(high), -1) : end(x(high))}
<circle class="dot" cx="${x(change)}" cy="${middle}" r="4"/>
</svg>`;
}

/** What the two ends of the axis stand for. */
export function axisLabel(span: number): Html {
  return html`<span class="axis"><span>${formatChange(-span)}</span><span>0</span><span>${formatChange(span)}</span></span>`;
}

function end(x: number): Html {
  return html`<path class="line" d="M${x} ${middle - 5}v10"/>`;
}

function arrow(x: number, direction: 1 | -1): Html {
  return html`<path class="line" d="M${x + 5 * direction} ${middle - 5}L${x} ${middle}l${5 * direction} 5"/>`;
}

function clamp(value: number): number {
  return Math.min(Math.max(value, -1), 1);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
