import type { Check } from '../../schema/check.ts';
import type { Prompt } from '../../schema/prompt-set.ts';
import { foldText, wordingsOf } from './facts.ts';
import { compileSchema } from './json-schema.ts';

export interface CheckProblem {
  /** Which of the checks, from 0. */
  index: number;
  message: string;
}

/** What is judged, and what the checks of a prompt can be about. */
export type Judged = Pick<Prompt, 'checks' | 'embed' | 'tools'>;

/** What is wrong with checks that the prompt-set schema cannot see: each of these would judge nothing, or always the same. */
export function findCheckProblems(prompt: Judged): CheckProblem[] {
  return prompt.checks.flatMap((check, index) =>
    findProblems(check, prompt).map((message) => ({ index, message })),
  );
}

function findProblems(check: Check, { embed, tools = [] }: Judged): string[] {
  if (embed !== undefined && check.type !== 'embedding') {
    return ['what is embedded has no text to judge: write an embedding check'];
  }
  switch (check.type) {
    case 'schema':
      return findSchemaProblems('schema', check.schema);
    case 'length':
      return (check.min ?? 0) === 0 && check.max === undefined
        ? ['every length is at least 0, so this check cannot fail: give a higher min, or a max']
        : [];
    case 'facts':
      return findFactProblems(check);
    case 'tool-call':
      return findToolCallProblems(
        check,
        tools.map((tool) => tool.function.name),
      );
    case 'embedding':
      return findEmbeddingProblems(check, embed?.length ?? 0);
    default:
      return [];
  }
}

function findToolCallProblems(
  { name, arguments: schema }: Extract<Check, { type: 'tool-call' }>,
  tools: readonly string[],
): string[] {
  if (tools.length === 0) return ['the prompt has no tools to call: list them under tools'];
  if (name !== undefined && !tools.includes(name)) {
    return [`"${name}" is none of the prompt's tools (${tools.join(', ')})`];
  }
  return schema === undefined ? [] : findSchemaProblems('arguments', schema);
}

function findEmbeddingProblems(
  { vectors, dimensions, closer = [], not }: Extract<Check, { type: 'embedding' }>,
  texts: number,
): string[] {
  if (texts === 0) return ['the prompt has no texts to embed: list them under embed'];
  if (vectors !== undefined && vectors !== texts) {
    return [`there is a vector for each text, so vectors can only be ${texts}`];
  }
  if (not && dimensions === undefined && closer.length === 0) {
    return ['there is a vector for each text, so this check cannot pass: give dimensions or closer'];
  }
  return closer.flatMap((triple) => {
    const shown = JSON.stringify(triple);
    if (triple.some((text) => text >= texts)) {
      return [
        `closer ${shown} names a text that is not there: the last is ${texts - 1}, as they count from 0`,
      ];
    }
    return new Set(triple).size < 3 ? [`closer ${shown} must name three different texts`] : [];
  });
}

function findSchemaProblems(key: string, schema: Record<string, unknown>): string[] {
  try {
    compileSchema(schema);
    return [];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [`${key} is not a JSON Schema (draft 2020-12) that can be used: ${reason}`];
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
