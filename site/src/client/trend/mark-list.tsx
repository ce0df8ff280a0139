import { formatQuantity } from '../../../../src/core/render/format.ts';
import type { TimeWindow } from '../../view/trend-window.ts';
import { type ChartMark, markNames } from './trend-marks.ts';

interface Props {
  marks: readonly ChartMark[];
  window: TimeWindow;
  onChoose: (at: number) => void;
}

/** As many as one reads; the others come with a shorter stretch of time. */
const mostListed = 6;

/** What the chart marks, in words, newest first. */
export function MarkList({ marks, window, onChoose }: Props) {
  const seen = marks.filter(({ at }) => at >= window.from && at <= window.to).toReversed();
  if (seen.length === 0) return <p class="small muted">Nothing is marked in this stretch of time.</p>;
  const kinds = [...new Set(seen.map(({ kind }) => kind))];
  return (
    <div class="marks small">
      <p class="muted">{kinds.map((kind) => markNames[kind]).join(' · ')}</p>
      <ul>
        {seen.slice(0, mostListed).map((mark) => (
          <li key={`${mark.at}${mark.kind}${mark.words}`}>
            <button type="button" class="link" onClick={() => onChoose(mark.at)}>
              {new Date(mark.at).toISOString().slice(0, 10)}
            </button>{' '}
            <span class={mark.tone === 'mark' ? 'badge mark' : `badge ${mark.tone}`}>{mark.label}</span>{' '}
            {mark.words}
            {mark.href !== null && (
              <>
                {' '}
                <a href={mark.href}>compare</a>
              </>
            )}
          </li>
        ))}
      </ul>
      {seen.length > mostListed && (
        <p class="muted">
          {formatQuantity(seen.length - mostListed, 'earlier mark')} in this stretch of time.
        </p>
      )}
    </div>
  );
}
