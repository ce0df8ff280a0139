import type { CheckResult } from '../../schema/check.ts';
import type { CheckCounts } from '../../schema/run.ts';

/** Counts what the checks said of several answers: one list of results for each answer that was judged. */
export function countChecks(answers: readonly (readonly CheckResult[])[]): CheckCounts {
  const results = answers.flat();
  // All JSON checks of one answer looked at the same text, so the first one speaks for them.
  const jsonForms = answers.flatMap(
    (checks) => checks.find(({ jsonForm }) => jsonForm !== undefined)?.jsonForm ?? [],
  );
  return {
    total: results.length,
    passed: results.filter(({ pass }) => pass).length,
    answers: answers.length,
    answersPassed: answers.filter((checks) => checks.every(({ pass }) => pass)).length,
    jsonExpected: jsonForms.length,
    jsonParseFailures: jsonForms.filter((form) => form === 'none').length,
    jsonFenced: jsonForms.filter((form) => form === 'fenced').length,
  };
}
