import { toneOf } from '../../../../src/core/render/verdict-words.ts';
import type { TextWord, VerdictWord } from '../../../../src/schema/verdict.ts';
import { linkFlag } from '../../view/notes.ts';
import type { PromptState } from '../../view/prompt-state.ts';

/** A flag's code, which leads to what it means. */
export function FlagName({ code, tone = 'mark' }: { code: string; tone?: 'mark' | 'worse' }) {
  const href = linkFlag(code);
  const name = `badge ${tone}`;
  return href === null ? (
    <span class={name}>{code}</span>
  ) : (
    <a class={name} href={href}>
      {code}
    </a>
  );
}

const wordSigns: Readonly<Record<VerdictWord | TextWord, string>> = {
  ...{ regressed: '✕', improved: '✓', unchanged: '=', inconclusive: '?', 'not comparable': '∅' },
  ...{ changed: '≠', same: '=', 'within self-disagreement': '≈', 'cannot tell': '?' },
};

/** One of the words of a verdict; its colour and sign only repeat it. */
export function WordBadge({ word }: { word: VerdictWord | TextWord }) {
  // What cannot be told is no call to look: its question mark says it.
  const tone = wordSigns[word] === '?' ? 'level' : toneOf(word);
  return (
    <span class={`badge word ${tone}`}>
      <span aria-hidden="true">{wordSigns[word]}</span>
      {word}
    </span>
  );
}

const stateSigns = { passed: '✓', mixed: '◐', failed: '✕', unanswered: '–' } as const;

/** What the checks said of an answer over all loads. */
export function StateBadge({ state }: { state: PromptState }) {
  return (
    <span class={`state ${state}`}>
      <span aria-hidden="true">{stateSigns[state]}</span> {state}
    </span>
  );
}
