/**
 * A JSON value with U+FFFD for every half of a surrogate pair, as UTF-8 would have it: a canonical form (RFC 8785) has no
 * way to write one, and a server that cuts an answer within a character may leave one.
 */
export function makeWellFormed<T>(value: T): T {
  return replaceIn(value) as T;
}

function replaceIn(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(replaceIn);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, of]) => [key.toWellFormed(), replaceIn(of)]));
}
