import { links } from '../../view/href.ts';
import type { DistributionGroup } from '../../view/variant-facts.ts';
import { ColumnHeads, NumberCells, TableBox } from '../ui/table-box.tsx';

interface Props {
  groups: readonly DistributionGroup[];
  label: string;
  /** Of the prompts that the slowest cases link to. */
  set: string;
}

const columns = ['n', 'Median', '95 % interval of it', 'Mean', 'p90', 'p95', 'p99'] as const;

/** Everything that was measured of a model, with its spread. */
export function DistributionTable({ groups, label, set }: Props) {
  return (
    <TableBox label={label}>
      <thead>
        <tr>
          <td />
          <ColumnHeads names={columns} isNumber />
          <th scope="col">Slowest</th>
        </tr>
      </thead>
      {groups.map(({ title, rows }) => (
        <tbody key={title}>
          <tr>
            <th class="group" scope="rowgroup" colSpan={columns.length + 2}>
              {title}
            </th>
          </tr>
          {rows.map(({ name, n, median, interval, mean, p90, p95, p99, slowest, slowestPrompt }) => (
            <tr key={name}>
              <th scope="row" class="nowrap">
                {name}
              </th>
              <NumberCells cells={[n, median, interval, mean, p90, p95, p99]} />
              <td class="nowrap">
                {slowest}
                {slowestPrompt !== null && (
                  <>
                    {' in '}
                    <a href={links.prompt(set, slowestPrompt)}>{slowestPrompt}</a>
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      ))}
    </TableBox>
  );
}
