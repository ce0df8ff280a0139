import canonicalize from 'canonicalize';
import type { Prompt } from '../../schema/prompt-set.ts';
import type { Variant } from '../../schema/run.ts';
import type { LeftOut } from '../../schema/verdict.ts';
import { type HashText, hashJson } from '../hash.ts';
import { buildRequest } from '../request.ts';
import type { Side } from './side.ts';

export interface MatchedPrompts {
  /** Ids of the prompts that both sides were asked in the same words, in head's order. */
  compared: string[];
  leftOut: LeftOut[];
  /** Of those compared, the ones that are checked otherwise now. */
  rechecked: string[];
}

/**
 * Finds the prompts of which both sides' readings are of the same request. Options and `think` are part of a request's
 * hash, and may be the very treatment: where they differ, what is held against each other is the rest of it.
 */
export function matchPrompts(base: Side, head: Side, hashText: HashText): MatchedPrompts {
  const before = new Map(base.prompts.map((prompt) => [prompt.id, prompt]));
  const after = new Set(head.prompts.map(({ id }) => id));
  const isSame = describeSettings(base.variant) === describeSettings(head.variant);
  const found = head.prompts.map((prompt): { prompt: string; reason: string | null } => ({
    prompt: prompt.id,
    reason: findObstacle(prompt, before.get(prompt.id), { base, head, isSame, hashText }),
  }));
  const compared = found.filter(({ reason }) => reason === null).map(({ prompt }) => prompt);
  const removed = base.prompts.filter(({ id }) => !after.has(id));
  return {
    compared,
    leftOut: [
      ...found.flatMap(({ prompt, reason }) => (reason === null ? [] : { prompt, reason })),
      ...removed.map(({ id }) => ({ prompt: id, reason: 'Only base asks it.' })),
    ],
    rechecked: compared.filter((id) => seriesOf(base, id)?.checksHash !== seriesOf(head, id)?.checksHash),
  };
}

function findObstacle(
  prompt: Prompt,
  before: Prompt | undefined,
  { base, head, isSame, hashText }: { base: Side; head: Side; isSame: boolean; hashText: HashText },
): string | null {
  if (before === undefined) return 'Only head asks it.';
  const unsupported = [base, head].flatMap(({ variant }) =>
    variant.unsupported.filter((it) => it.prompt === prompt.id).map(({ reason }) => reason),
  );
  if (unsupported[0] !== undefined) return unsupported[0];
  const series = [seriesOf(base, prompt.id), seriesOf(head, prompt.id)];
  if (series.includes(undefined)) return `${series[0] === undefined ? 'Base' : 'Head'} was not asked it.`;
  const isAsked = isSame
    ? series[0]?.requestHash === series[1]?.requestHash
    : hashQuestion(before, hashText) === hashQuestion(prompt, hashText);
  return isAsked ? null : 'It is another request now: its text or what is sent with it has changed.';
}

function seriesOf({ run, variant }: Side, prompt: string) {
  return run.series.find((it) => it.variant === variant.key && it.prompt === prompt);
}

function hashQuestion(prompt: Prompt, hashText: HashText): string {
  return hashJson(buildRequest(prompt, { options: {}, think: null, nonce: null }), hashText);
}

function describeSettings({ options, think }: Variant): string {
  return canonicalize([options, think]) ?? '';
}
