import type { Changes } from '../../../src/schema/changes.ts';
import { currentSchemaVersion } from '../../../src/schema/documents.ts';
import type { RunHead } from './read-run.ts';

/** For the time being: until changes are folded night by night. */
export async function watchChanges(heads: readonly RunHead[], asOf: string): Promise<Changes> {
  const runs = heads.map((head) => ({ schemaVersion: currentSchemaVersion, ...head, series: [] }));
  try {
    const { findChanges } = await import('../../../src/core/change-points/find-changes.ts');
    return findChanges(runs, asOf);
  } catch {
    return {
      ...{ schemaVersion: currentSchemaVersion, asOf, machines: [], series: [] },
      ...{ changePoints: [], alarms: [], boundaries: [] },
    };
  }
}
