import { formatCount } from '../../../../src/core/render/format.ts';
import type { DiffPart, TextDiff } from '../../../../src/core/word-diff.ts';

/** A text with what was added and what was removed. It is a model's, and text whatever it says. */
export function DiffText({ parts, by }: { parts: readonly DiffPart[]; by: TextDiff['by'] }) {
  const count = (kind: DiffPart['kind']) => formatCount(parts.filter((it) => it.kind === kind).length);
  return (
    <>
      <p class="small muted" role="status">
        {by === 'json' ? 'Compared as JSON, line by line with keys in order' : 'Compared word by word'}:{' '}
        {count('removed')} removed <del>−</del>, {count('added')} added <ins>+</ins>
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reached by keys */}
      {/* biome-ignore lint/a11y/useSemanticElements: it is no group of form fields */}
      <pre class="text diff" tabIndex={0} role="group" aria-label="Difference" dir="auto">
        {parts.map(({ kind, text }, index) =>
          kind === 'added' ? (
            <ins key={index}>{text}</ins>
          ) : kind === 'removed' ? (
            <del key={index}>{text}</del>
          ) : (
            text
          ),
        )}
      </pre>
    </>
  );
}
