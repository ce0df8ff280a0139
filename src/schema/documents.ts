import { type Changes, changes } from './changes.ts';
import {
  type HistoryRun,
  type HistorySamples,
  historyRun,
  historySamples,
  type KeptAnswer,
  keptAnswer,
  type Questions,
  questions,
} from './history.ts';
import { migrateOutput1, migratePlan1, migrateRun1, migrateSample1 } from './migrate-run.ts';
import { type NothingChanged, nothingChanged } from './nothing-changed.ts';
import { type SavedOutput, savedOutput } from './output.ts';
import { type Plan, plan } from './plan.ts';
import { type Run, run } from './run.ts';
import { type Sample, sample } from './sample.ts';
import { type DocumentKind, readDocument } from './version.ts';

/** The version that writers write. Raise the minor for a new field, the major (with a migration) for a changed meaning. */
export const currentSchemaVersion = '2.2';

/**
 * The version of what is named by its content. It stays behind the other one: with a new one, every answer would have a
 * new name, as if it had changed.
 */
export const contentVersion = '2.0';

export const runDocument: DocumentKind<Run> = {
  ...{ name: 'run report', schema: run, major: 2 },
  migrations: { 1: migrateRun1 },
};
export const planDocument: DocumentKind<Plan> = {
  ...{ name: 'plan', schema: plan, major: 2 },
  migrations: { 1: migratePlan1 },
};
export const outputDocument: DocumentKind<SavedOutput> = {
  ...{ name: 'saved output', schema: savedOutput, major: 2 },
  migrations: { 1: migrateOutput1 },
};

// The documents of a history began with major 2: there is nothing to migrate.
export const historyRunDocument: DocumentKind<HistoryRun> = {
  ...{ name: 'run of a history', schema: historyRun, major: 2, migrations: {} },
};
export const historySamplesDocument: DocumentKind<HistorySamples> = {
  ...{ name: 'list of samples', schema: historySamples, major: 2, migrations: {} },
};
export const questionsDocument: DocumentKind<Questions> = {
  ...{ name: 'list of questions', schema: questions, major: 2, migrations: {} },
};
export const keptAnswerDocument: DocumentKind<KeptAnswer> = {
  ...{ name: 'kept answer', schema: keptAnswer, major: 2, migrations: {} },
};

export const nothingChangedDocument: DocumentKind<NothingChanged> = {
  ...{ name: 'note that nothing was changed', schema: nothingChanged, major: 2, migrations: {} },
};
export const changesDocument: DocumentKind<Changes> = {
  ...{ name: 'changes', schema: changes, major: 2 },
  migrations: {},
};
const sampleDocument: DocumentKind<Sample> = {
  ...{ name: 'sample', schema: sample, major: 2 },
  migrations: { 1: migrateSample1 },
};

/**
 * Reads one line of samples.ndjson, which has no version of its own.
 * @param schemaVersion as the summary.json beside it states it.
 * @throws {UnreadableDocument}
 */
export function readSample(line: object, schemaVersion: unknown): Sample {
  return readDocument(sampleDocument, { ...line, schemaVersion });
}
