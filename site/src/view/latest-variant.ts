import { currentSchemaVersion } from '../../../src/schema/documents.ts';
import type { Run, Variant } from '../../../src/schema/run.ts';
import type { SiteLine, SiteMachine } from '../data/contract.ts';
import { listLines } from '../fold/describe-line.ts';

/** A line's variant in the newest night of its machine with the run that measured it, its series left out; null where it was not. */
export function findLatestVariant(
  { latest }: Pick<SiteMachine, 'latest'>,
  { model, options }: Pick<SiteLine, 'model' | 'options'>,
  copy: number,
): { run: Run; variant: Variant } | null {
  for (const { run } of latest) {
    const alike = listLines(run.machine.id, run.variants).filter(
      (it) => it.variant.name === model && it.options === options,
    );
    const variant = alike[copy]?.variant;
    if (variant !== undefined)
      return { run: { schemaVersion: currentSchemaVersion, ...run, series: [] }, variant };
  }
  return null;
}
