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
 * prompt set. These may come from a pull request: whoever runs them gives each check a time limit by `withinLimit`.
 */
export const longestJudgedAnswer = 1_000_000;

/** Does some work, which may never end, for as long as whoever runs it has time. */
export type WithinLimit = <T>(work: () => T) => T | 'out of time';

export const atLeisure: WithinLimit = (work) => work();

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
  withinLimit: WithinLimit = atLeisure,
): CheckResult[] {
  const answer = typeof given === 'string' ? { text: given } : given;
  const { length } = answer.text;
  const problem = `it has ${length} characters, and above ${longestJudgedAnswer} an answer is not judged`;
  const tooLong = length > longestJudgedAnswer;
  const json: FoundJson = tooLong ? { form: 'none', problem } : findJson(answer.text);
  return checks.map((check) => {
    const finding: Finding = tooLong
      ? { holds: false, finding: problem, unanswerable: true }
      : examineAnswer(check, answer, json, withinLimit);
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

function examineAnswer(check: Check, answer: Answer, json: FoundJson, withinLimit: WithinLimit): Finding {
  const { text } = answer;
  switch (check.type) {
    case 'json':
    case 'keys':
      return examineJson(check, json);
    case 'schema':
      return limitFinding('the schema', () => examineJson(check, json), withinLimit);
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
    case 'regex':
      return limitFinding('the pattern', () => examinePattern(check, text), withinLimit);
    case 'equals':
      return {
        holds: equalsText(check, text),
        finding: `the answer is ${quote(text)}`,
        wanted: quote(check.value),
      };
    case 'tool-call':
      return limitFinding('the schema', () => examineToolCalls(check, answer.toolCalls ?? []), withinLimit);
    case 'embedding':
      return examineEmbeddings(check, answer.embeddings ?? []);
  }
}

function examinePattern({ pattern, flags }: Extract<Check, { type: 'regex' }>, text: string): Finding {
  const [match] = new RegExp(pattern, `u${flags ?? ''}`).exec(text) ?? [];
  return match === undefined
    ? { holds: false, finding: `the pattern matches nowhere in ${quote(text)}` }
    : { holds: true, finding: `the pattern matches ${quote(match)}` };
}

function limitFinding(what: string, examine: () => Finding, withinLimit: WithinLimit): Finding {
  const finding = withinLimit(examine);
  if (finding !== 'out of time') return finding;
  return { holds: false, finding: `${what} took too long to match`, unanswerable: true };
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
