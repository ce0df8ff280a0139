import canonicalize from 'canonicalize';

/** Digests text as `sha256:<64 hex digits>`. Passed in, as hashing lives outside the pure core. */
export type HashText = (text: string) => string;

/** Hashes a JSON value by its canonical form (RFC 8785), so that neither key order nor spacing counts. */
export function hashJson(value: unknown, hashText: HashText): string {
  const canonical = canonicalize(value);
  if (canonical === undefined) throw new TypeError('Only a JSON value can be hashed.');
  return hashText(canonical);
}
