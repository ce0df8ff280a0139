import { barHeight, barWidth, layoutInterval } from '../core/render/interval-layout.ts';
import { formatRoughChange } from '../core/render/verdict-format.ts';
import { toneOf } from '../core/render/verdict-words.ts';
import type { MetricVerdict } from '../schema/verdict.ts';
import { type Content, type Html, html } from './html.ts';

const middle = barHeight / 2;

/** The change and its interval around zero; the band is the floor. The cells beside it say the same in numbers. */
export function intervalBar(metric: MetricVerdict, span: number, floor: number): Content {
  const bar = layoutInterval(metric, span, floor);
  if (bar === null) return null;
  return html`<svg class="bar ${toneOf(metric.word)}" width="${barWidth}" height="${barHeight}" viewBox="0 0 ${barWidth} ${barHeight}" aria-hidden="true">
<rect class="floor" x="${bar.floor.left}" y="1" width="${bar.floor.width}" height="${barHeight - 2}"/>
<path class="zero" d="M${bar.zero} 0V${barHeight}"/>
<path class="line" d="M${bar.low} ${middle}H${bar.high}"/>
${bar.isLowCut ? arrow(bar.low, 1) : end(bar.low)}${bar.isHighCut ? arrow(bar.high, -1) : end(bar.high)}
<circle class="dot" cx="${bar.change}" cy="${middle}" r="4"/>
</svg>`;
}

/** What the two ends of the axis stand for. */
export function axisLabel(span: number): Html {
  return html`<span class="axis"><span>${formatRoughChange(-span)}</span><span>0</span><span>${formatRoughChange(span)}</span></span>`;
}

function end(x: number): Html {
  return html`<path class="line" d="M${x} ${middle - 5}v10"/>`;
}

function arrow(x: number, direction: 1 | -1): Html {
  return html`<path class="line" d="M${x + 5 * direction} ${middle - 5}L${x} ${middle}l${5 * direction} 5"/>`;
}
