import { formatCount, formatDigest, formatTime, missing } from '../../../../src/core/render/format.ts';
import { links } from '../../view/href.ts';
import { formatInterval, formatTrendValue, type TrendUnit } from '../../view/trend-value.ts';
import { type TrendData, valueAt } from './trend-data.ts';
import type { ChartMark } from './trend-marks.ts';

interface Props {
  data: TrendData;
  night: number;
  unit: TrendUnit;
  marks: readonly ChartMark[];
  /** Where the commit is; null where that is not known. */
  commit: string | null;
  /** Lets go of the night; null where it was not chosen. */
  free: (() => void) | null;
}

/** One night in words, told to screen readers as it changes. */
export function Readout({ data, night, unit, marks, commit, free }: Props) {
  const { nights } = data;
  const at = nights.at[night] ?? 0;
  const interval = formatInterval(unit, valueAt(data.low, night), valueAt(data.high, night));
  const slowest = valueAt(data.slowest, night);
  const digest = nights.digests[nights.digest[night] ?? -1];
  const status = nights.status[night];
  const here = marks.filter((it) => it.at === at);
  return (
    <div class="readout" role="status">
      <a class="nowrap" href={links.run(nights.run[night] ?? '')}>
        {formatTime(new Date(at).toISOString())}
      </a>
      <strong>{formatTrendValue(unit, valueAt(data.median, night))}</strong>
      <span>
        <span class="muted">{interval === null ? 'no interval' : '95 % '}</span>
        {interval}
      </span>
      <span>
        <span class="muted">n </span>
        {formatCount(data.n[night] ?? 0)}
      </span>
      {slowest !== null && (
        <span>
          <span class="muted">slowest </span>
          {formatTrendValue(unit, slowest)}
        </span>
      )}
      <span>
        <span class="muted">digest </span>
        <code>{digest === undefined ? missing : formatDigest(digest)}</code>
      </span>
      <span>
        <span class="muted">commit </span>
        <CommitName sha={nights.sha[night]} href={commit} />
      </span>
      {status !== 'complete' && (
        <span class="badge mark">{status === 'cancelled' ? 'stopped early' : status}</span>
      )}
      {night > 0 && (
        <a class="nowrap" href={links.compare(nights.run[night - 1], nights.run[night])}>
          compare with the night before
        </a>
      )}
      {free !== null && (
        <button type="button" class="link no-print" onClick={free}>
          let go
        </button>
      )}
      {here.map(({ words }) => (
        <span key={words} class="badge mark">
          {words}
        </span>
      ))}
    </div>
  );
}

/** The beginning of a commit's name, as a link where it leads somewhere. */
export function CommitName({ sha, href }: { sha: string | null | undefined; href: string | null }) {
  const name = <code>{sha?.slice(0, 8) ?? missing}</code>;
  return href === null ? name : <a href={href}>{name}</a>;
}
