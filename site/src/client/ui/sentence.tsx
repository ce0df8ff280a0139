import { splitSentence } from '../../view/sentence-parts.ts';

/** A sentence whose dates and quantities are not broken. */
export function Sentence({ text }: { text: string }) {
  return splitSentence(text).map(({ text, isTogether }, index) =>
    isTogether ? (
      <span key={index} class="nowrap">
        {text}
      </span>
    ) : (
      text
    ),
  );
}
