import { formatCount, formatQuantity } from '../../../../src/core/render/format.ts';
import type { Run } from '../../../../src/schema/run.ts';
import { FlagName } from '../ui/badges.tsx';

/** Few enough to be read without being asked for. */
const mostOpen = 5;

/** What is said against the run as a whole, and every request that failed; nothing where there is nothing. */
export function ProblemSection({ run: { flags, failures } }: { run: Run }) {
  if (flags.length === 0 && failures.length === 0) return null;
  const codes = Map.groupBy(failures, ({ code }) => code);
  return (
    <section class="card problems" aria-label="What went wrong">
      {flags.map(({ code, reason }, index) => (
        <p key={index}>
          <FlagName code={code} /> {reason}
        </p>
      ))}
      {failures.length > 0 && (
        <details open={failures.length <= mostOpen}>
          <summary>
            {formatQuantity(failures.length, 'failed request')}:{' '}
            {[...codes].map(([code, own]) => (
              <span key={code} class="nowrap">
                <span class="badge worse">{code}</span> × {formatCount(own.length)}{' '}
              </span>
            ))}
          </summary>
          <ul class="small">
            {[...Map.groupBy(failures, ({ code, message }) => `${code} ${message}`).values()].map((own) => (
              <li key={own[0]?.sample}>
                <span class="badge worse">{own[0]?.code}</span> {own[0]?.message}
                {own.map(({ sample }) => (
                  <div key={sample}>
                    <code>{sample}</code>
                  </div>
                ))}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}
