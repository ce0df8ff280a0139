import type { Check } from '../../schema/check.ts';
import type { FoundJson } from './answer-json.ts';
import type { Finding } from './finding.ts';
import { examineSchema } from './json-schema.ts';
import { describeJsonForm } from './label.ts';
import { describeValue, listOf, quote } from './wording.ts';

type JsonCheck = Extract<Check, { type: 'json' | 'keys' | 'schema' }>;

export function examineJson(check: JsonCheck, json: FoundJson): Finding {
  if (json.form === 'none') {
    const finding = `the answer is not JSON: ${json.problem}`;
    return check.type === 'json' ? { holds: false, finding } : { holds: false, finding, unanswerable: true };
  }
  switch (check.type) {
    case 'json': {
      const { form = 'any' } = check;
      const place = json.form === 'bare' ? 'bare JSON' : 'JSON in a code fence';
      return {
        holds: form === 'any' || form === json.form,
        finding: `the answer is ${place}: ${describeValue(json.value)}`,
        wanted: describeJsonForm(check),
      };
    }
    case 'keys':
      return examineKeys(check.keys, json.value);
    case 'schema':
      return examineSchema(check.schema, json.value);
  }
}

function examineKeys(keys: readonly string[], value: unknown): Finding {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { holds: false, finding: `the JSON is ${describeValue(value)}, not an object` };
  }
  // Own keys only: every object inherits a "constructor".
  const missing = keys.filter((key) => !Object.hasOwn(value, key));
  if (missing.length === 0) return { holds: true, finding: `the JSON has ${listOf(keys.map(quote))}` };
  return {
    holds: false,
    finding: `the JSON is ${describeValue(value)} and lacks ${listOf(missing.map(quote))}`,
  };
}
