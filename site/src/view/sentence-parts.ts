const together = /(\d{4}-\d\d-\d\d|[+−±]?\d[\d,.]* (?:%|ms\b|s\b|tok\/s|[KMG]iB))/;

/** A sentence in parts: dates, which would be broken at their hyphens, and numbers with their units are to stay in a line. */
export function splitSentence(text: string): { text: string; isTogether: boolean }[] {
  return text
    .split(together)
    .map((text, index) => ({ text, isTogether: index % 2 === 1 }))
    .filter((it) => it.text !== '');
}
