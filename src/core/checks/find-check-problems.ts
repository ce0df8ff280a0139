import type { Check } from '../../schema/check.ts';
import { foldText, wordingsOf } from './facts.ts';
import { compileSchema } from './json-schema.ts';

export interface CheckProblem {
  /** Which of the checks, from 0. */
  index: number;
  message: string;
}

/** What is wrong with checks that the prompt-set schema cannot see: each of these would judge nothing, or always the same. */
export function findCheckProblems(checks: readonly Check[]): CheckProblem[] {
  return checks.flatMap((check, index) => findProblems(check).map((message) => ({ index, message })));
}

function findProblems(check: Check): string[] {
  switch (check.type) {
    case 'schema':
      return findSchemaProblems(check.schema);
    case 'length':
      return (check.min ?? 0) === 0 && check.max === undefined
        ? ['every length is at least 0, so this check cannot fail: give a higher min, or a max']
        : [];
    case 'facts':
      return findFactProblems(check);
    default:
      return [];
  }
}

function findSchemaProblems(schema: Record<string, unknown>): string[] {
  try {
    compileSchema(schema);
    return [];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [`schema is not a JSON Schema (draft 2020-12) that can be used: ${reason}`];
  }
}

function findFactProblems({ present = [], absent = [] }: Extract<Check, { type: 'facts' }>): string[] {
  const wordings = [...present.flatMap(wordingsOf), ...absent];
  if (wordings.some((wording) => foldText(wording) === '')) {
    return ['a fact of white space alone is in every answer: write the words to look for'];
  }
  const unwanted = absent.map(foldText);
  return present
    .filter((fact) =>
      wordingsOf(fact).every((wording) => unwanted.some((word) => foldText(wording).includes(word))),
    )
    .map(
      (fact) =>
        `${JSON.stringify(fact)} is wanted under present and ruled out under absent: no answer can pass`,
    );
}
