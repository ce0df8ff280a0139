import {
  formatCount,
  formatDigest,
  formatQuantity,
  formatTime,
  missing,
} from '../../../../src/core/render/format.ts';
import { links } from '../../view/href.ts';
import { findFirst } from '../../view/thin-out.ts';
import { formatInterval, formatTrendValue, type TrendUnit } from '../../view/trend-value.ts';
import type { TimeWindow } from '../../view/trend-window.ts';
import { TableBox } from '../ui/table-box.tsx';
import { CommitName } from './readout.tsx';
import { type TrendData, valueAt } from './trend-data.ts';

interface Props {
  data: TrendData;
  window: TimeWindow;
  unit: TrendUnit;
  label: string;
  /** Where the commit of a night is; null where that is not known. */
  linkCommit: (night: number) => string | null;
}

const mostRows = 50;
const heads = { ms: 'Median', 'tokens/s': 'Median', share: 'Passed', bytes: 'Memory' } as const;

/** The newest nights of the stretch that a chart shows. */
export function TrendTable({ data, window, unit, label, linkCommit }: Props) {
  const from = findFirst(data.at, window.from);
  const to = findFirst(data.at, window.to);
  const rows = Array.from({ length: Math.min(to - from, mostRows) }, (_, index) => to - 1 - index);
  if (rows.length === 0) return <p class="small muted">No night in this stretch of time.</p>;
  const hasSlowest = rows.some((night) => valueAt(data.slowest, night) !== null);
  const show = (column: Float64Array, night: number) => formatTrendValue(unit, valueAt(column, night));
  return (
    <>
      <TableBox label={label} tall>
        <thead>
          <tr>
            <th scope="col">Night (UTC)</th>
            <th scope="col" class="number">
              {heads[unit]}
            </th>
            <th scope="col" class="number">
              95 % interval
            </th>
            <th scope="col" class="number">
              n
            </th>
            {hasSlowest && (
              <th scope="col" class="number">
                Slowest
              </th>
            )}
            <th scope="col">Digest</th>
            <th scope="col">Commit</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((night) => (
            <tr key={night}>
              <th scope="row">
                <a class="nowrap" href={links.run(data.nights.run[night] ?? '')}>
                  {formatTime(new Date(data.at[night] ?? 0).toISOString()).replace(' UTC', '')}
                </a>
              </th>
              <td class="number">{show(data.median, night)}</td>
              <td class="number">
                {formatInterval(unit, valueAt(data.low, night), valueAt(data.high, night)) ?? missing}
              </td>
              <td class="number">{formatCount(data.n[night] ?? 0)}</td>
              {hasSlowest && <td class="number">{show(data.slowest, night)}</td>}
              <td>
                <code>{formatDigest(data.nights.digests[data.nights.digest[night] ?? -1] ?? missing)}</code>
              </td>
              <td>
                <CommitName sha={data.nights.sha[night]} href={linkCommit(night)} />
              </td>
            </tr>
          ))}
        </tbody>
      </TableBox>
      {to - from > mostRows && (
        <p class="small muted">
          The newest {mostRows} of {formatQuantity(to - from, 'night')}: zoom in for earlier ones.
        </p>
      )}
    </>
  );
}
