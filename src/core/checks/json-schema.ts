import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Finding } from './finding.ts';
import { describeValue } from './wording.ts';

export type JsonSchema = Record<string, unknown>;

const ajv = new Ajv2020({
  // An unknown keyword or format is a typing error, and would make a check that passes whatever is answered.
  strictSchema: true,
  strictTypes: false,
  strictTuples: false,
  // Errors then carry the value found.
  verbose: true,
  logger: false,
  // Two schemas may have the same $id: each stands alone.
  addUsedSchema: false,
});
addFormats.default(ajv);

/** By identity: the checks of a prompt set are one object for all of a run's answers. */
const compiled = new WeakMap<JsonSchema, ValidateFunction>();

/**
 * Compiles a schema once.
 * @throws {Error} where it is not a JSON Schema of draft 2020-12, refers to another document, or is asynchronous.
 */
export function compileSchema(schema: JsonSchema): ValidateFunction {
  const known = compiled.get(schema);
  if (known) return known;
  const validate = ajv.compile(schema);
  // Its result would be a promise, which is never false.
  if ('$async' in validate) throw new Error('$async schemas are not supported');
  compiled.set(schema, validate);
  return validate;
}

/** Holds a value against a schema. `what` is what the value is called where it is told of. */
export function examineSchema(schema: JsonSchema, value: unknown, what = 'the JSON'): Finding {
  const validate = compileSchema(schema);
  try {
    if (validate(value)) return { holds: true, finding: `${what} satisfies the schema` };
  } catch (error) {
    // A recursive schema walks as deep as the answer is nested.
    if (!(error instanceof RangeError)) throw error;
    return { holds: false, finding: `${what} is nested too deeply to be checked`, unanswerable: true };
  }
  // Of anyOf and its like the last error is the keyword's own, the ones before it those of its branches.
  const error = validate.errors?.at(-1);
  return {
    holds: false,
    finding: error ? describeViolation(error, what) : `${what} does not satisfy the schema`,
  };
}

function describeViolation({ instancePath, data, message, params }: ErrorObject, what: string): string {
  const where = instancePath === '' ? what : instancePath;
  const wanted = params.additionalProperty ?? params.allowedValues ?? params.allowedValue;
  const detail = wanted === undefined ? '' : ` (${JSON.stringify(wanted)})`;
  return `${where} is ${describeValue(data)} and ${message}${detail}`;
}
