import type { CheckResult } from '../../../../src/schema/check.ts';
import { TableBox } from '../ui/table-box.tsx';

/** What the checks said of two answers, side by side. */
export function CheckComparison({
  before,
  now,
}: {
  before: readonly CheckResult[];
  now: readonly CheckResult[];
}) {
  const labels = [...new Set([...before, ...now].map(({ label }) => label))];
  if (labels.length === 0) return null;
  return (
    <TableBox label="Checks of both answers">
      <thead>
        <tr>
          <th scope="col">Check</th>
          <th scope="col">From</th>
          <th scope="col">To</th>
        </tr>
      </thead>
      <tbody>
        {labels.map((label) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <Outcome check={before.find((it) => it.label === label)} />
            <Outcome check={now.find((it) => it.label === label)} />
          </tr>
        ))}
      </tbody>
    </TableBox>
  );
}

function Outcome({ check }: { check: CheckResult | undefined }) {
  if (check === undefined) return <td class="muted">not checked then</td>;
  return (
    <td>
      <span class={check.pass ? 'tone-better' : 'tone-worse'}>{check.pass ? '✓ passed' : '✕ failed'}</span>
      <br />
      <span class="muted">{check.reason}</span>
    </td>
  );
}
