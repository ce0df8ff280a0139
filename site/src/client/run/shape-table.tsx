import { describeShape, hasGoodput } from '../../../../src/core/render/shape-rows.ts';
import type { Variant } from '../../../../src/schema/run.ts';
import { ColumnHeads, NumberCells, TableBox } from '../ui/table-box.tsx';

/** What models did under each load shape. */
export function ShapeTable({ variants }: { variants: readonly Variant[] }) {
  const goodput = hasGoodput(variants);
  const rows = variants.flatMap(({ key, name, loadShapes }) =>
    loadShapes.map((it) => ({ key, name, ...describeShape(it) })),
  );
  const isAlone = variants.every(({ loadShapes }) => loadShapes.length <= 1);
  if (rows.length === 0) {
    return <p class="muted small">This run is of a Herdmark that measured one request at a time only.</p>;
  }
  return (
    <>
      <TableBox label="Load shapes">
        <thead>
          <tr>
            <th scope="col">Model</th>
            <th scope="col">Requests</th>
            <ColumnHeads
              names={['Answered', 'Throughput', 'Output', 'TTFT', 'E2E', 'Slowest E2E']}
              isNumber
            />
            {goodput && (
              <th scope="col" class="number">
                Goodput
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.key} ${row.shape}`}>
              <td>
                <span class="tag">{row.name}</span>
              </td>
              <th scope="row" class="nowrap">
                {row.shape}
              </th>
              <NumberCells
                cells={[
                  row.answered,
                  row.requestsPerSecond,
                  row.tokensPerSecond,
                  row.ttft,
                  row.e2e,
                  row.slowest,
                  ...(goodput ? [row.goodput] : []),
                ]}
              />
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
