import { formatCount, formatQuantity } from '../../../../src/core/render/format.ts';
import { describeChecks, listCheckChanges } from '../../../../src/core/render/verdict-facts.ts';
import { formatProbability } from '../../../../src/core/render/verdict-format.ts';
import type { ModelVerdict, QualityVerdict } from '../../../../src/schema/verdict.ts';
import { ColumnHeads, TableBox } from '../ui/table-box.tsx';

/** What the answers are worth by the checks of the prompt set. */
export function CheckReport({ model: { quality } }: { model: ModelVerdict }) {
  const { prompts, better, worse, adjustedPValue, neverFailed, neverPassed } = quality;
  const changes = listCheckChanges(quality);
  return (
    <>
      <h4>Checks</h4>
      <p class="small">
        Of {formatQuantity(prompts, 'prompt')}, head passed more of its checks on {formatCount(better)} and
        fewer on {formatCount(worse)}.
        {adjustedPValue !== null && ` An exact sign test gives p ${formatProbability(adjustedPValue)}.`}
      </p>
      <ul class="bullets">
        {describeChecks(quality).map((it) => (
          <li key={it}>{it}</li>
        ))}
      </ul>
      {changes.length > 0 && (
        <TableBox label="Checks that passed more or less often">
          <thead>
            <tr>
              <ColumnHeads names={['Prompt', 'Check', 'How often it passed', 'Head is']} />
            </tr>
          </thead>
          <tbody>
            {changes.map(({ prompt, label, passed, isBetter }) => (
              <tr key={`${prompt} ${label}`}>
                <th scope="row">
                  <code>{prompt}</code>
                </th>
                <td>{label}</td>
                <td class="nowrap">{passed}</td>
                <td>
                  <span class={`badge ${isBetter ? 'better' : 'worse'}`}>
                    {isBetter ? 'better' : 'worse'}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </TableBox>
      )}
      <Vacuous what="that no answer of either side failed" checks={neverFailed} />
      <Vacuous what="that no answer of either side passed" checks={neverPassed} />
    </>
  );
}

function Vacuous({ what, checks }: { what: string; checks: QualityVerdict['neverFailed'] }) {
  if (checks.length === 0) return null;
  return (
    <details>
      <summary>
        {formatQuantity(checks.length, 'check')} {what}: nothing to tell the two by
      </summary>
      <ul class="bullets">
        {checks.map(({ prompt, label }) => (
          <li key={`${prompt} ${label}`}>
            <code>{prompt}</code> {label}
          </li>
        ))}
      </ul>
    </details>
  );
}
