import { z } from 'zod';

/** major.minor: a reader takes any minor of its major, migrates older majors, refuses newer ones. */
export const schemaVersion = z.string().regex(/^\d+\.\d+$/, 'major.minor, e.g. "1.0"');

export class UnreadableDocument extends Error {
  readonly code: 'not-a-document' | 'newer-major' | 'no-migration' | 'invalid';
  constructor(code: UnreadableDocument['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UnreadableDocument';
    this.code = code;
  }
}

/** Turns a document of one major into one of the next. */
export type Migration = (document: Record<string, unknown>) => Record<string, unknown>;

export interface DocumentKind<T> {
  /** What a person calls it, for error messages: "run report". */
  name: string;
  schema: z.ZodType<T>;
  major: number;
  /** migrations[n] turns major n into major n + 1. */
  migrations: Readonly<Record<number, Migration>>;
}

/**
 * Reads a versioned document of any age: unknown fields are taken (and left out of the result), an older major
 * is migrated step by step, a newer major is refused, as its numbers may mean something else.
 * @throws {UnreadableDocument}
 */
export function readDocument<T>(kind: DocumentKind<T>, value: unknown): T {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UnreadableDocument('not-a-document', `This is not a ${kind.name}: expected a JSON object.`);
  }
  let document = value as Record<string, unknown>;
  const stated = schemaVersion.safeParse(document.schemaVersion);
  if (!stated.success) {
    throw new UnreadableDocument(
      'not-a-document',
      `This is not a ${kind.name}: it has no schemaVersion such as "${kind.major}.0".`,
    );
  }
  const major = Number.parseInt(stated.data, 10);
  if (major > kind.major) {
    throw new UnreadableDocument(
      'newer-major',
      `This ${kind.name} has schemaVersion ${stated.data}, and this Herdmark reads up to ${kind.major}.x: update Herdmark.`,
    );
  }
  for (let from = major; from < kind.major; from++) {
    const migrate = kind.migrations[from];
    if (!migrate) {
      throw new UnreadableDocument(
        'no-migration',
        `This ${kind.name} has schemaVersion ${stated.data}, which no longer can be read.`,
      );
    }
    document = migrate(document);
  }
  const result = kind.schema.safeParse(document);
  if (!result.success) {
    throw new UnreadableDocument(
      'invalid',
      `This ${kind.name} is damaged, or of a newer Herdmark (schemaVersion ${stated.data}): ${z.prettifyError(result.error)}`,
      { cause: result.error },
    );
  }
  return result.data;
}
