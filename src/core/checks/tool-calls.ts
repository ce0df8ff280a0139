import { z } from 'zod';
import type { Check } from '../../schema/check.ts';
import type { Finding } from './finding.ts';
import { examineSchema } from './json-schema.ts';
import { listOf, quote } from './wording.ts';

type ToolCallCheck = Extract<Check, { type: 'tool-call' }>;

const toolCall = z.object({
  function: z.object({ name: z.string(), arguments: z.record(z.string(), z.unknown()) }),
});

/** A call without the id that the server makes up for it, which is another one each time. */
export type ToolCall = z.infer<typeof toolCall>['function'];

/** The calls of an answer as the server sent them, without those that are none. The arguments are the model's own. */
export function readToolCalls(calls: readonly unknown[]): ToolCall[] {
  return calls.flatMap((call) => toolCall.safeParse(call).data?.function ?? []);
}

/** Looks for the wanted call among those that a model made, wherever it stands. */
export function examineToolCalls(check: ToolCallCheck, calls: readonly unknown[]): Finding {
  const made = readToolCalls(calls);
  const wanted = check.name === undefined ? 'a tool call' : `a call of ${quote(check.name)}`;
  if (made.length === 0) return { holds: false, finding: 'the answer calls no tool', wanted };

  const candidates = made.filter(({ name }) => check.name === undefined || name === check.name);
  const { arguments: schema } = check;
  if (candidates.length === 0 || schema === undefined) {
    const finding = `the answer calls ${listOf(made.map(({ name }) => quote(name)))}`;
    return { holds: candidates.length > 0, finding, wanted };
  }
  const examined = candidates.map((call) =>
    examineSchema(schema, call.arguments, `the input of ${quote(call.name)}`),
  );
  const [first = { holds: false, finding: 'the answer calls no tool' }] = examined;
  return examined.find(({ holds }) => holds) ?? first;
}
