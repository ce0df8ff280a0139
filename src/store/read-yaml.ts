import { readFile } from 'node:fs/promises';
import { type Document, isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { InputError } from './input-error.ts';

/**
 * Reads a YAML file written by a person and validates it.
 * @throws {InputError} naming file, line and column of everything that is wrong, and how to mend it.
 */
export async function readYaml<Schema extends z.ZodType>(
  path: string,
  what: string,
  schema: Schema,
): Promise<z.output<Schema>> {
  const lines = new LineCounter();
  const document = parseDocument(await readText(path, what), { lineCounter: lines });
  const syntax = document.errors.map(({ message, linePos }) => {
    const at = linePos?.[0];
    const summary = message.split('\n', 1)[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? 'not valid YAML';
    return `${path}${at ? `:${at.line}:${at.col}` : ''}: ${summary}`;
  });
  if (syntax.length > 0)
    throw new InputError('not-yaml', `${syntax.join('\n')}\nMend the YAML of this ${what} and run again.`);

  const result = await schema.safeParseAsync(document.toJS() ?? {}, { reportInput: true });
  if (result.success) return result.data;
  const problems = result.error.issues.map(
    (issue) => `${locate(path, document, lines, issue)}: ${describeIssue(issue)}`,
  );
  throw new InputError(`wrong-${what.replaceAll(' ', '-')}`, problems.join('\n'), { cause: result.error });
}

async function readText(path: string, what: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    throw new InputError(
      missing ? 'no-such-file' : 'unreadable-file',
      missing
        ? `${path}: there is no such ${what}. Check the path, or create it.`
        : `${path}: this ${what} cannot be read.`,
      { cause },
    );
  }
}

type Issue = z.core.$ZodIssue;

/** `file:line:col: path.to.key`, at the closest node that the file really has. */
function locate(path: string, document: Document, lines: LineCounter, issue: Issue): string {
  const unknownKey = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const keys = [...issue.path, ...unknownKey].filter((key) => typeof key !== 'symbol');
  const shown = keys
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`))
    .join('')
    .replace(/^\./, '');
  const wrongKey = issue.code === 'unrecognized_keys' || issue.code === 'invalid_key';
  const node = (wrongKey ? findKey(document, keys) : undefined) ?? findClosest(document, keys);
  const at = node === undefined ? undefined : lines.linePos(node.range[0]);
  return [path, ...(at ? [`:${at.line}:${at.col}`] : []), ...(shown === '' ? [] : [`: ${shown}`])].join('');
}

interface Located {
  range: [number, number, number];
}

function findClosest(document: Document, keys: readonly (string | number)[]): Located | undefined {
  for (let depth = keys.length; depth >= 0; depth--) {
    const node: unknown = depth === 0 ? document.contents : document.getIn(keys.slice(0, depth), true);
    if (hasRange(node)) return node;
  }
  return undefined;
}

function findKey(document: Document, keys: readonly (string | number)[]): Located | undefined {
  const parent: unknown = keys.length === 1 ? document.contents : document.getIn(keys.slice(0, -1), true);
  const pair = isMap(parent)
    ? parent.items.find(({ key }) => isScalar(key) && key.value === keys.at(-1))
    : undefined;
  return hasRange(pair?.key) ? pair.key : undefined;
}

function hasRange(node: unknown): node is Located {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range);
}

function describeIssue(issue: Issue): string {
  switch (issue.code) {
    case 'unrecognized_keys': {
      const keys = issue.keys.map((key) => `"${key}"`).join(', ');
      return `unknown ${issue.keys.length > 1 ? 'keys' : 'key'} ${keys}: check the spelling, or take it out`;
    }
    case 'invalid_type':
      return issue.input === undefined
        ? `is missing (${issue.expected} expected)`
        : `expected ${issue.expected}${quoteFound(issue.input)}`;
    case 'invalid_key':
      return issue.issues[0]?.message ?? issue.message;
    case 'invalid_union': {
      const closest = issue.errors.reduce<(typeof issue.errors)[number]>(
        (a, b) => (b.length < a.length ? b : a),
        issue.errors[0] ?? [],
      );
      return `${closest[0]?.message ?? issue.message}${quoteFound(issue.input)}`;
    }
    default:
      return `${issue.message}${quoteFound(issue.input)}`;
  }
}

/** The value that is wrong, where it is short enough to be told. */
function quoteFound(value: unknown): string {
  const isPlain = ['string', 'number', 'boolean'].includes(typeof value);
  return isPlain ? ` (found ${JSON.stringify(value).slice(0, 80)})` : '';
}
