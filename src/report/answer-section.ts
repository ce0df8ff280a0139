import { formatQuantity } from '../core/render/format.ts';
import { cutText } from '../core/render/untrusted-text.ts';
import { type AnswerPair, type ChangedAnswer, listChangedAnswers } from '../core/render/verdict-answers.ts';
import { describeAnswers } from '../core/render/verdict-facts.ts';
import { formatDistance, formatProbability } from '../core/render/verdict-format.ts';
import { wordAnswer } from '../core/render/verdict-words.ts';
import { type DiffPart, mostDiffedCharacters } from '../core/word-diff.ts';
import type { SavedAnswer } from '../schema/output.ts';
import type { ModelVerdict, Verdict } from '../schema/verdict.ts';
import { bullets, fold } from './fold.ts';
import { type Content, type Html, html } from './html.ts';

/** More than anybody reads; a model with more prompts has the most changed ones here. */
const mostAnswers = 200;
/** Open from the beginning: those that a reader came for. */
const mostOpen = 3;

/** Every answer that differs, the most changed first. */
export function answerSection(
  verdict: Verdict,
  model: ModelVerdict,
  answers: readonly AnswerPair[],
): Content {
  const { text } = model;
  const changed = listChangedAnswers(verdict, model, answers, mostAnswers);
  const rest = text.changes.length - changed.length;
  return [
    html`<h4>Answers</h4>`,
    bullets(describeAnswers(text)),
    changed.length > 0 &&
      html`<p class="muted">A distance of 0 is the same words in the same order, one of 1 none in common. Of each side the answer is shown that is most like its others.</p>`,
    changed.map((answer, index) => renderAnswer(answer, index < mostOpen && answer.change.changed)),
    rest > 0 && html`<p class="muted">${formatQuantity(rest, 'other')} that differ less are not shown.</p>`,
  ];
}

function renderAnswer({ change, found }: ChangedAnswer, isOpen: boolean): Html {
  const { prompt, distance, excess, changed, adjustedPValue } = change;
  const title = html`<code>${prompt}</code> <span class="badge ${changed ? 'open' : 'level'}">${wordAnswer(change)}</span> <span class="muted">distance ${formatDistance(distance)}</span>`;
  const basis = html`<p class="muted">Of the distance ${formatDistance(Math.max(excess, 0))} is beyond what each side differs from itself; adjusted p ${formatProbability(adjustedPValue)}.</p>`;
  if (found === null) return fold(title, [basis, html`<p>The two answers are not at hand.</p>`]);
  const { diff, base, head, pair } = found;
  return fold(
    title,
    [
      diff.by === 'json' && html`<p class="muted">Compared as JSON, with its keys in order.</p>`,
      diff.isCut && html`<p class="muted">Only the beginnings are compared.</p>`,
      diff.parts === null
        ? [html`<p class="muted">Too different for a diff.</p>`, bothTexts(prompt, base, head)]
        : [renderDiff(prompt, diff.parts), fold('Both in full', bothTexts(prompt, base, head))],
      listFailed('Base', pair.base),
      listFailed('Head', pair.head),
      basis,
    ],
    isOpen,
  );
}

/** A parser drops the first line end of a pre: so there is one to drop. */
function renderDiff(prompt: string, parts: readonly DiffPart[]): Content {
  if (parts.every(({ kind }) => kind === 'same')) {
    return html`<p>What differs does not show in text, such as the kind of its line ends.</p>`;
  }
  const marked = parts.map(({ kind, text }): Content => {
    if (kind === 'added') return html`<ins>${text}</ins>`;
    return kind === 'removed' ? html`<del>${text}</del>` : text;
  });
  return html`<pre tabindex="0" role="group" aria-label="How the answer to ${prompt} changed" dir="auto">\n${marked}</pre>`;
}

function bothTexts(prompt: string, base: string, head: string): Html {
  const side = (name: string, text: string) =>
    html`<div><h5>${name}</h5><pre tabindex="0" role="group" aria-label="${name}’s answer to ${prompt}" dir="auto">\n${cutText(text, mostDiffedCharacters)}</pre></div>`;
  return html`<div class="sides">${side('Base', base)}${side('Head', head)}</div>`;
}

function listFailed(side: string, { checks }: SavedAnswer): Content {
  const failed = checks.filter(({ pass }) => !pass);
  return (
    failed.length > 0 && [
      html`<p>${side} failed:</p>`,
      bullets(failed.map(({ label, reason }) => html`<strong>${label}</strong>: ${reason}`)),
    ]
  );
}
