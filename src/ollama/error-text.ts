/**
 * The sentence within an error text. Ollama passes its runner's errors on as JSON inside a string:
 * `{"error":{"code":400,"message":"…"}}`.
 */
export function unwrapErrorText(text: string): string {
  let inner: unknown = text;
  for (let depth = 0; depth < 4; depth++) {
    if (typeof inner === 'string') inner = parseObject(inner) ?? inner;
    if (typeof inner === 'string') return inner;
    inner = readKey(inner, 'error') ?? readKey(inner, 'message');
  }
  return typeof inner === 'string' ? inner : text;
}

function parseObject(text: string): object | null {
  if (!text.startsWith('{')) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    // Text that only looks like JSON is its own message.
    return null;
  }
}

function readKey(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
