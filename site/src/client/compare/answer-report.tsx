import { formatQuantity } from '../../../../src/core/render/format.ts';
import { cutText } from '../../../../src/core/render/untrusted-text.ts';
import type { ChangedAnswer } from '../../../../src/core/render/verdict-answers.ts';
import { describeAnswers } from '../../../../src/core/render/verdict-facts.ts';
import { formatDistance, formatProbability } from '../../../../src/core/render/verdict-format.ts';
import { wordAnswer } from '../../../../src/core/render/verdict-words.ts';
import type { SavedAnswer } from '../../../../src/schema/output.ts';
import type { ModelVerdict } from '../../../../src/schema/verdict.ts';
import { MarkedText, TextBlock } from '../ui/answer-text.tsx';

/** Open from the beginning: those that a reader came for. */
const mostOpen = 3;
const mostCharacters = 20_000;

/** Every answer that differs, the most changed first. */
export function AnswerReport({
  model: { text },
  changed,
}: {
  model: ModelVerdict;
  changed: readonly ChangedAnswer[];
}) {
  const rest = text.changes.length - changed.length;
  return (
    <>
      <h4>Answers</h4>
      <ul class="bullets">
        {describeAnswers(text).map((it) => (
          <li key={it}>{it}</li>
        ))}
      </ul>
      {changed.length > 0 && (
        <p class="small muted">
          A distance of 0 is the same words in the same order, one of 1 none in common. Of each side the
          answer is shown that is most like its others.
        </p>
      )}
      {changed.map((answer, index) => (
        <OneChange
          key={answer.change.prompt}
          answer={answer}
          isOpen={index < mostOpen && answer.change.changed}
        />
      ))}
      {rest > 0 && <p class="small muted">{formatQuantity(rest, 'other')} that differ less are not shown.</p>}
    </>
  );
}

function OneChange({ answer: { change, found }, isOpen }: { answer: ChangedAnswer; isOpen: boolean }) {
  const { prompt, distance, excess, changed, adjustedPValue } = change;
  return (
    <details open={isOpen} class="answer-change">
      <summary>
        <code>{prompt}</code> <span class={`badge ${changed ? 'mark' : ''}`}>{wordAnswer(change)}</span>{' '}
        <span class="muted small">distance {formatDistance(distance)}</span>
      </summary>
      <div class="unfolded">
        {found === null ? (
          <p class="small">The two answers are not at hand.</p>
        ) : (
          <>
            {found.diff.by === 'json' && <p class="small muted">Compared as JSON, with its keys in order.</p>}
            {found.diff.isCut && <p class="small muted">Only the beginnings are compared.</p>}
            {found.diff.parts === null ? (
              <>
                <p class="small muted">Too different for a diff.</p>
                <BothTexts prompt={prompt} base={found.base} head={found.head} />
              </>
            ) : found.diff.parts.every(({ kind }) => kind === 'same') ? (
              <p class="small">What differs does not show in text, such as the kind of its line ends.</p>
            ) : (
              <>
                <MarkedText parts={found.diff.parts} label={`How the answer to ${prompt} changed`} />
                <details>
                  <summary class="small">Both in full</summary>
                  <BothTexts prompt={prompt} base={found.base} head={found.head} />
                </details>
              </>
            )}
            <FailedChecks side="Base" answer={found.pair.base} />
            <FailedChecks side="Head" answer={found.pair.head} />
          </>
        )}
        <p class="small muted">
          Of the distance {formatDistance(Math.max(excess, 0))} is beyond what each side differs from itself;
          adjusted p {formatProbability(adjustedPValue)}.
        </p>
      </div>
    </details>
  );
}

function BothTexts({ prompt, base, head }: { prompt: string; base: string; head: string }) {
  return (
    <div class="two-columns">
      <div>
        <h5>Base</h5>
        <TextBlock label={`Base’s answer to ${prompt}`}>{cutText(base, mostCharacters)}</TextBlock>
      </div>
      <div>
        <h5>Head</h5>
        <TextBlock label={`Head’s answer to ${prompt}`}>{cutText(head, mostCharacters)}</TextBlock>
      </div>
    </div>
  );
}

function FailedChecks({ side, answer: { checks } }: { side: string; answer: SavedAnswer }) {
  const failed = checks.filter(({ pass }) => !pass);
  if (failed.length === 0) return null;
  return (
    <div class="small">
      <p>{side} failed:</p>
      <ul class="bullets">
        {failed.map(({ label, reason }, index) => (
          <li key={index}>
            <strong>{label}</strong>: {reason}
          </li>
        ))}
      </ul>
    </div>
  );
}
