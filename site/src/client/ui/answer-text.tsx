import { describeEmbedding } from '../../../../src/core/render/write-answer.ts';
import type { DiffPart } from '../../../../src/core/word-diff.ts';
import type { CheckResult } from '../../../../src/schema/check.ts';
import type { KeptAnswer } from '../../../../src/schema/history.ts';
import { writeToolCall } from '../../view/answer-parts.ts';

type Said = Pick<KeptAnswer, 'text' | 'toolCalls' | 'embedding'>;

/** A block of a model's text: it scrolls by itself, and keys can reach it. */
export function TextBlock({ label, children }: { label: string; children: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reached by keys
    // biome-ignore lint/a11y/useSemanticElements: it is no group of form fields
    <pre class="text" tabIndex={0} role="group" aria-label={label} dir="auto">
      {children}
    </pre>
  );
}

/** What a model answered: text, tool calls, vectors. All of it is a model's, and text. */
export function AnswerText({
  answer: { text, toolCalls, embedding },
  label,
}: {
  answer: Said;
  label: string;
}) {
  const isEmpty = toolCalls.length === 0 && embedding === null;
  return (
    <>
      {(text !== '' || isEmpty) && <TextBlock label={label}>{text}</TextBlock>}
      {toolCalls.map((call, index) => (
        <div key={index}>
          <p class="small muted">Calls a tool</p>
          <TextBlock label={`${label}, tool call ${index + 1}`}>{writeToolCall(call)}</TextBlock>
        </div>
      ))}
      {embedding && (
        <p>
          <span class="badge">embedding</span> {describeEmbedding(embedding)}
        </p>
      )}
    </>
  );
}

/** What each check said of an answer, and why. */
export function CheckList({ checks }: { checks: readonly CheckResult[] }) {
  return (
    <ul class="checks">
      {checks.map(({ label, pass, reason, jsonForm }, index) => (
        <li key={index} class={pass ? 'pass' : 'fail'}>
          <span class="sign" aria-hidden="true">
            {pass ? '✓' : '✕'}
          </span>
          <span>
            <strong>{label}</strong>
            <span class="visually-hidden">{pass ? ' passed' : ' failed'}</span>
            {jsonForm === 'fenced' && <span class="badge"> fenced</span>}
            <br />
            <span class="muted">{reason}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** A text with what was added and removed. */
export function MarkedText({ parts, label }: { parts: readonly DiffPart[]; label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reached by keys
    // biome-ignore lint/a11y/useSemanticElements: it is no group of form fields
    <pre class="text" tabIndex={0} role="group" aria-label={label} dir="auto">
      {parts.map(({ kind, text }, index) => {
        if (kind === 'added') return <ins key={index}>{text}</ins>;
        return kind === 'removed' ? <del key={index}>{text}</del> : text;
      })}
    </pre>
  );
}
