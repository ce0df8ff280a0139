import { listModelLines } from '../../../src/core/model-lines.ts';
import type { HistoryRun } from '../../../src/schema/history.ts';
import type { Variant } from '../../../src/schema/run.ts';
import type { SiteLine, SiteMachine } from '../data/contract.ts';
import { copyOf } from './line-changes.ts';

/**
 * What the newest night of a machine says of a line, whole; null where that night did not measure it.
 * @param lines All lines of the site, as two of them may be alike but for their order.
 */
export function findLatestVariant(
  { latest }: Pick<SiteMachine, 'latest'>,
  line: SiteLine,
  lines: readonly SiteLine[],
): { run: HistoryRun['run']; variant: Variant } | null {
  const own = copyOf(line, lines);
  for (const { run } of latest) {
    const found = listModelLines(run.variants).find(
      ({ variant, options, copy }) => variant.name === line.model && options === line.options && copy === own,
    );
    if (found !== undefined) return { run, variant: found.variant };
  }
  return null;
}
