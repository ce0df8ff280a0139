import { createHash } from 'node:crypto';

/** `sha256:<64 hex digits>` of text as UTF-8. */
export function sha256Text(text: string): string {
  return `sha256:${createHash('sha256').update(text, 'utf8').digest('hex')}`;
}
