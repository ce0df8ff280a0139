import type { RootContent } from 'mdast';
import type { DiffPart, TextDiff } from '../word-diff.ts';
import { cutText } from './untrusted-text.ts';
import { toCodeLines } from './verdict-text.ts';

/** A comment shows how answers changed, the report the answers. */
const mostLines = 40;
const mostCharacters = 2500;
/** Of each side, where there is no diff. */
const mostOfSide = 600;
/** Unchanged text beside a change: enough to know the place. */
const contextCharacters = 70;
const contextLines = 3;

/**
 * A diff as a block of code: of words `[-before-]{+after+}`, as git writes them; of JSON line by line, which GitHub
 * colours. Where the texts are too different, the beginnings of both. Always short.
 */
export function renderDiff(diff: TextDiff, base: string, head: string): RootContent {
  if (diff.parts === null) return renderBoth(base, head);
  return diff.by === 'json'
    ? block(writeLines(diff.parts), 'diff')
    : block(toCodeLines(writeWords(diff.parts), mostCharacters));
}

function renderBoth(base: string, head: string): RootContent {
  const side = (sign: string, text: string) =>
    toCodeLines(cutText(text, mostOfSide), mostOfSide)
      .slice(0, mostLines / 2)
      .map((line) => `${sign} ${line}`);
  return block([...side('-', base), ...side('+', head)], 'diff');
}

function block(lines: readonly string[], lang?: string): RootContent {
  const shown = lines.slice(0, mostLines);
  const value = cutText(shown.join('\n'), mostCharacters);
  return {
    type: 'code',
    ...(lang === undefined ? {} : { lang }),
    value: shown.length < lines.length ? `${value}\n…` : value,
  };
}

function writeWords(parts: readonly DiffPart[]): string {
  return parts
    .map(({ kind, text }, index) => {
      if (kind === 'removed') return `[-${text}-]`;
      if (kind === 'added') return `{+${text}+}`;
      return shorten(text, { isFirst: index === 0, isLast: index === parts.length - 1 });
    })
    .join('');
}

/** Both ends of what did not change, cut between words where there are any. */
function shorten(text: string, { isFirst, isLast }: { isFirst: boolean; isLast: boolean }): string {
  const sides = (isFirst ? 0 : 1) + (isLast ? 0 : 1);
  if (text.length <= sides * contextCharacters + 20) return text;
  const start = isFirst ? '' : text.slice(0, contextCharacters).replace(/\s\S*$/, ' ');
  const end = isLast ? '' : text.slice(-contextCharacters).replace(/^\S*\s/, ' ');
  return `${start}…${end}`.replace(/[\ud800-\udbff](?=…)|(?<=…)[\udc00-\udfff]/, '');
}

function writeLines(parts: readonly DiffPart[]): string[] {
  const signs = { same: ' ', added: '+', removed: '-' } as const;
  return parts.flatMap(({ kind, text }, index) => {
    const lines = toCodeLines(text.replace(/\n$/, '')).map((line) => `${signs[kind]} ${line}`);
    if (kind !== 'same') return lines;
    const start = index === 0 ? 0 : contextLines;
    const end = index === parts.length - 1 ? 0 : contextLines;
    if (lines.length <= start + end + 1) return lines;
    return [...lines.slice(0, start), '  …', ...lines.slice(lines.length - end)];
  });
}
