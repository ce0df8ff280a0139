import { barHeight, barWidth, layoutInterval } from '../../../../src/core/render/interval-layout.ts';
import { toneOf } from '../../../../src/core/render/verdict-words.ts';
import type { MetricVerdict } from '../../../../src/schema/verdict.ts';

const middle = barHeight / 2;

/** The change and its interval around zero; the band is the floor. The cells beside it say the same in numbers. */
export function IntervalBar({ metric, span, floor }: { metric: MetricVerdict; span: number; floor: number }) {
  const bar = layoutInterval(metric, span, floor);
  if (bar === null) return null;
  return (
    <svg
      class={`bar ${toneOf(metric.word)}`}
      width={barWidth}
      height={barHeight}
      viewBox={`0 0 ${barWidth} ${barHeight}`}
      aria-hidden="true"
    >
      <rect class="floor" x={bar.floor.left} y="1" width={bar.floor.width} height={barHeight - 2} />
      <path class="zero" d={`M${bar.zero} 0V${barHeight}`} />
      <path class="line" d={`M${bar.low} ${middle}H${bar.high}`} />
      <path class="line" d={bar.isLowCut ? arrow(bar.low, 1) : end(bar.low)} />
      <path class="line" d={bar.isHighCut ? arrow(bar.high, -1) : end(bar.high)} />
      <circle class="dot" cx={bar.change} cy={middle} r="4" />
    </svg>
  );
}

function end(x: number): string {
  return `M${x} ${middle - 5}v10`;
}

function arrow(x: number, direction: 1 | -1): string {
  return `M${x + 5 * direction} ${middle - 5}L${x} ${middle}l${5 * direction} 5`;
}
