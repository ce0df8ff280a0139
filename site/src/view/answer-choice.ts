import { contentId } from './content-id.ts';

/** An answer as a URL names it: `<line slug>:<content id>`, as lines may have one in common; the id alone is anybody's. */
export function nameAnswer(line: string, id: string): string {
  return `${line}:${id}`;
}

/** The content id of an answer that a URL names; null where it names none. */
export function readAnswerId(name: string): string | null {
  const id = name.slice(name.lastIndexOf(':') + 1);
  return contentId.test(id) ? id : null;
}
