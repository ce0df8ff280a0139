import type { Check, CheckResult } from '../../schema/check.ts';
import { type FoundJson, findJson } from './answer-json.ts';
import { examineEmbeddings } from './embeddings.ts';
import { equalsText } from './equality.ts';
import { findFacts } from './facts.ts';
import type { Finding } from './finding.ts';
import { examineJson } from './json-checks.ts';
import { describeRange, labelCheck } from './label.ts';
import { measureLength } from './text-length.ts';
import { examineToolCalls } from './tool-calls.ts';
import { countOf, quote, toReason } from './wording.ts';

/**
 * Answers are capped by their prompt's maxTokens (8192 at most), so only a broken server sends more than this, and
 * that is not judged. Below it all that follows is linear in the answer, but for the patterns and schemas of the
 * prompt set. A pattern may come from a pull request: whoever runs it gives it a time limit by `execRegex`.
 */
export const longestJudgedAnswer = 1_000_000;

/** Finds the first match of a pattern; null where there is none. */
export type ExecRegex = (regex: RegExp, text: string) => string | null | 'out of time';

const execAtLeisure: ExecRegex = (regex, text) => regex.exec(text)?.[0] ?? null;

/** What came back for a prompt. */
export interface Answer {
  /** Without the thinking; empty where the model only called tools, and of embeddings. */
  text: string;
  /** As the server sent them. */
  toolCalls?: readonly unknown[];
  embeddings?: readonly (readonly number[])[];
}

/**
 * Judges one answer by every check of its prompt, in their order. An answer of nothing but text may be given as it.
 * `not` inverts what a check says of the answer. But an answer without JSON says nothing about keys or a schema, and
 * fails those checks inverted too: otherwise "has no password" would pass a model that answered in prose.
 */
export function judgeAnswer(
  checks: readonly Check[],
  given: Answer | string,
  execRegex: ExecRegex = execAtLeisure,
): CheckResult[] {
  const answer = typeof given === 'string' ? { text: given } : given;
  const { length } = answer.text;
  const problem = `it has ${length} characters, and above ${longestJudgedAnswer} an answer is not judged`;
  const tooLong = length > longestJudgedAnswer;
  const json: FoundJson = tooLong ? { form: 'none', problem } : findJson(answer.text);
  return checks.map((check) => {
    const finding: Finding = tooLong
      ? { holds: false, finding: problem, unanswerable: true }
      : examineAnswer(check, answer, json, execRegex);
    const pass = !finding.unanswerable && finding.holds !== (check.not ?? false);
    return {
      type: check.type,
      label: labelCheck(check),
      pass,
      reason: toReason(pass ? finding.finding : explainFailure(finding, check.not)),
      ...(expectsJson(check) ? { jsonForm: json.form } : {}),
    };
  });
}

function examineAnswer(check: Check, answer: Answer, json: FoundJson, execRegex: ExecRegex): Finding {
  const { text } = answer;
  switch (check.type) {
    case 'json':
    case 'keys':
    case 'schema':
      return examineJson(check, json);
    case 'length': {
      const length = measureLength(text, check.unit);
      return {
        holds: (check.min ?? 0) <= length && length <= (check.max ?? Number.POSITIVE_INFINITY),
        finding: `the answer has ${countOf(length, check.unit.slice(0, -1))}`,
        wanted: describeRange(check),
      };
    }
    case 'facts':
      return findFacts(check, text);
    case 'regex': {
      const match = execRegex(new RegExp(check.pattern, `u${check.flags ?? ''}`), text);
      if (match === 'out of time') {
        return { holds: false, finding: 'the pattern took too long to match', unanswerable: true };
      }
      return match === null
        ? { holds: false, finding: `the pattern matches nowhere in ${quote(text)}` }
        : { holds: true, finding: `the pattern matches ${quote(match)}` };
    }
    case 'equals':
      return {
        holds: equalsText(check, text),
        finding: `the answer is ${quote(text)}`,
        wanted: quote(check.value),
      };
    case 'tool-call':
      return examineToolCalls(check, answer.toolCalls ?? []);
    case 'embedding':
      return examineEmbeddings(check, answer.embeddings ?? []);
  }
}

function explainFailure({ finding, wanted, unanswerable }: Finding, not: true | undefined): string {
  if (unanswerable || (wanted === undefined && !not)) return finding;
  if (!not) return `${finding}; wanted ${wanted}`;
  return `${finding}; wanted ${wanted === undefined ? 'the opposite' : `anything but ${wanted}`}`;
}

/** An answer that must not be JSON was not expected to be: it is no parse failure. */
function expectsJson({ type, not }: Check): boolean {
  return type === 'keys' || type === 'schema' || (type === 'json' && !not);
}
