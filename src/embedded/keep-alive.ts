import { Refusal } from './refusal.ts';

/** What Ollama takes where a request does not say. */
export const defaultKeepAliveMs = 5 * 60_000;

const unitMs = new Map([
  ['ns', 1e-6],
  ['us', 1e-3],
  ['µs', 1e-3],
  ['μs', 1e-3],
  ['ms', 1],
  ['s', 1_000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

/**
 * How long a model stays loaded, in milliseconds: a number is seconds, a string is a Go duration such as `1h30m`,
 * and below zero is for ever (`Infinity`).
 * @throws {Refusal} 400, in Go's words.
 */
export function parseKeepAlive(value: unknown): number {
  if (value === undefined || value === null) return defaultKeepAliveMs;
  if (typeof value === 'number') return value < 0 ? Number.POSITIVE_INFINITY : value * 1_000;
  if (typeof value === 'string') return parseDuration(value);
  throw new Refusal(400, `Unsupported type: '${goTypeOf(value)}'`);
}

function parseDuration(text: string): number {
  const quoted = JSON.stringify(text);
  const [, sign, amount = ''] = /^([+-]?)(.*)$/s.exec(text) ?? [];
  if (amount === '0') return 0;
  const part = /(\d+\.?\d*|\.\d+)([^\d.]*)/y;
  let ms = 0;
  while (part.lastIndex < amount.length || amount === '') {
    const [, count, unit] = part.exec(amount) ?? [];
    if (count === undefined || unit === undefined) throw new Refusal(400, `time: invalid duration ${quoted}`);
    if (unit === '') throw new Refusal(400, `time: missing unit in duration ${quoted}`);
    const factor = unitMs.get(unit);
    if (factor === undefined) {
      throw new Refusal(400, `time: unknown unit ${JSON.stringify(unit)} in duration ${quoted}`);
    }
    ms += Number(count) * factor;
  }
  return sign === '-' && ms > 0 ? Number.POSITIVE_INFINITY : ms;
}

function goTypeOf(value: unknown): string {
  if (typeof value === 'boolean') return 'bool';
  return Array.isArray(value) ? '[]interface {}' : 'map[string]interface {}';
}
