import { slugify } from './slug.ts';

// A tag that is pulled moves to another model, and the one before is gone: no layer of it has a name. So it is given one.

const namespace = 'herdmark/';
const digestDigits = 12;

/** The name under which a model stays on the server after its tag has moved: `herdmark/qwen3-8b:500a1f067a9f`. */
export function keptNameOf(tag: string, digest: string): string {
  return `${namespace}${slugify(tag)}:${digest.replace(/^sha256:/, '').slice(0, digestDigits)}`;
}

export interface ListedTag {
  name: string;
  digest: string;
  /** ISO time; of a copy, when it was made. */
  modifiedAt: string | null;
}

/** Models that were kept of a tag, the latest first. Names that are not ours are never among them. */
export function listKept(tag: string, tags: readonly ListedTag[]): ListedTag[] {
  const isOurs = ({ name, digest }: ListedTag) => name === keptNameOf(tag, digest);
  return tags.filter(isOurs).sort((a, b) => (b.modifiedAt ?? '').localeCompare(a.modifiedAt ?? ''));
}

/** The model that a tag stood for before the one it stands for now; null where none was kept. */
export function findEarlier(tag: string, digest: string, tags: readonly ListedTag[]): ListedTag | null {
  return listKept(tag, tags).find((it) => it.digest !== digest) ?? null;
}

/** What may go, so that `keep` models besides the one of the tag itself stay. */
export function listStale(
  tag: string,
  digest: string,
  tags: readonly ListedTag[],
  keep: number,
): ListedTag[] {
  const kept = listKept(tag, tags);
  const earlier = kept.filter((it) => it.digest !== digest);
  return earlier.slice(keep);
}
