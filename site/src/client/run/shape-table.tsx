import type { Variant } from '../../../../src/schema/run.ts';
import { tabulateShapes } from '../../view/shape-table.ts';
import { ColumnHeads, NumberCells, TableBox } from '../ui/table-box.tsx';

/** What models did under each load shape. */
export function ShapeTable({ variants }: { variants: readonly Variant[] }) {
  const { columns, rows, isAlone } = tabulateShapes(variants);
  if (rows.length === 0) {
    return <p class="muted small">This run is of a Herdmark that measured one request at a time only.</p>;
  }
  return (
    <>
      <TableBox label="Load shapes">
        <thead>
          <tr>
            <ColumnHeads names={['Model', 'Requests']} />
            <ColumnHeads names={columns} isNumber />
          </tr>
        </thead>
        <tbody>
          {rows.map(({ model, variant, shape, cells }) => (
            <tr key={`${variant} ${shape}`}>
              <td>
                <span class="tag">{model}</span>
              </td>
              <th scope="row" class="nowrap">
                {shape}
              </th>
              <NumberCells cells={cells} />
            </tr>
          ))}
        </tbody>
      </TableBox>
      {isAlone && (
        <p class="small muted">
          Requests went one at a time only. To see more under way, add <code>concurrency: [4, 16]</code> or{' '}
          <code>requestRates: [0.5]</code> to herdmark.yml.
        </p>
      )}
    </>
  );
}
