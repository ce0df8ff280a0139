/** A model name in full: `x` is `x:latest`, as the server itself lists it. A colon before a slash is a registry's port. */
export function normalizeModelName(name: string): string {
  const lastPart = name.slice(name.lastIndexOf('/') + 1);
  return lastPart.includes(':') ? name : `${name}:latest`;
}

/** Whether two names stand for the same tag. The server compares them without regard to case. */
export function sameModel(a: string, b: string): boolean {
  return normalizeModelName(a).toLowerCase() === normalizeModelName(b).toLowerCase();
}
