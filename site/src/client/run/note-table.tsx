import { Fragment } from 'preact';
import { formatQuantity } from '../../../../src/core/render/format.ts';
import type { Sample } from '../../../../src/schema/sample.ts';
import type { NoteRow } from '../../view/notes.ts';
import { FlagName } from '../ui/badges.tsx';
import { TableBox } from '../ui/table-box.tsx';
import { Unfold } from '../ui/unfold.tsx';

interface Props {
  rows: readonly NoteRow[];
  /** How many samples are invalid: reports of before schema 2.0 say no more. */
  invalid: number;
  /** null where they are kept no longer, or are still to come. */
  samples: readonly Sample[] | null;
}

/** More than these nobody reads one by one. */
const mostSamples = 50;

/** Flags of models and of their samples: how often, why, and which samples. */
export function NoteTable({ rows, invalid, samples }: Props) {
  if (rows.length === 0) {
    return (
      <p class="muted small">
        {invalid === 0
          ? 'No flag was raised: every answered request counts.'
          : `${formatQuantity(invalid, 'sample')} invalid, and left out of the statistics: the table of samples says why.`}
      </p>
    );
  }
  return (
    <TableBox label="Flags of this run">
      <thead>
        <tr>
          <th scope="col">Flag</th>
          <th scope="col">On</th>
          <th scope="col">Effect</th>
          <th scope="col">Why, the first time</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ code, on, effect, reason, isInvalid }) => (
          <tr key={`${code} ${reason}`}>
            <th scope="row" class="nowrap">
              <FlagName code={code} tone={isInvalid ? 'worse' : 'mark'} />
            </th>
            <td>
              {on.map(({ what, of }) => (
                <div key={what}>
                  {of.map(({ model, variant }, index) => (
                    <Fragment key={variant}>
                      {index > 0 && ', '}
                      <span class="tag">{model}</span>
                    </Fragment>
                  ))}
                  : <span class="nowrap">{what}</span>
                </div>
              ))}
            </td>
            <td class="nowrap">{effect}</td>
            <td class="why">
              {reason}
              <FlaggedSamples
                samples={samples}
                variants={on.flatMap(({ of }) => of.map(({ variant }) => variant))}
                code={code}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </TableBox>
  );
}

function FlaggedSamples({
  samples,
  variants,
  code,
}: {
  samples: Props['samples'];
  variants: readonly string[];
  code: string;
}) {
  const found = (samples ?? []).flatMap(({ id, flags, variant: own }) => {
    const flag = variants.includes(own) ? flags.find((it) => it.code === code) : undefined;
    return flag === undefined ? [] : [{ id, reason: flag.reason }];
  });
  if (found.length === 0) return null;
  const rest = found.length - mostSamples;
  return (
    <Unfold summary="Which samples">
      {() => (
        <ul class="small">
          {found.slice(0, mostSamples).map(({ id, reason }) => (
            <li key={id}>
              <code>{id}</code> {reason}
            </li>
          ))}
          {rest > 0 && <li class="muted">{formatQuantity(rest, 'other')}: see the table of samples.</li>}
        </ul>
      )}
    </Unfold>
  );
}
