import { Feed } from 'feed';
import { escapeHtml, toPlainLine } from '../../../src/core/render/untrusted-text.ts';
import type { Changes } from '../../../src/schema/changes.ts';
import { sha256Text } from '../../../src/store/hash-text.ts';
import { type FeedItem, type FeedTone, listFeed } from './change-feed.ts';

export interface AtomOptions {
  /** Where the site will be, with a slash at its end: `https://owner.github.io/repo/`; null where nobody said. */
  siteUrl: string | null;
  /** ISO 8601; only a feed without an entry says so. */
  builtAt: string;
}

/** The library wants whole addresses; in what it writes, this one becomes relative to data/. */
const nowhere = 'https://site.invalid/';

/** Readers show no more, and fetch the whole file each time. */
const mostEntries = 100;
const mostCharacters = 2000;

/**
 * The changes as an Atom feed (RFC 4287), newest first. Whoever subscribes is told what is so: what is only suspected,
 * or was cleared, is on the page alone. Ids stay the same when more is said of a change or the site moves, and the same
 * changes give the same bytes.
 */
export function renderAtom(changes: Changes, { siteUrl, builtAt }: AtomOptions): string {
  const items = listFeed(changes)
    .filter(({ status }) => status !== 'suspected' && status !== 'cleared')
    .slice(0, mostEntries);
  const labels = new Map(changes.machines.map(({ id, label }) => [id, label]));
  const site = siteUrl ?? nowhere;
  const page = `${site}changes/`;
  const feed = new Feed({
    title: 'Herdmark: changes',
    description: 'What changed in the benchmarks: models, speed, and nights that are missing.',
    id: siteUrl === null ? toUrn('feed') : `${siteUrl}data/changes.atom`,
    ...{ link: page, language: 'en', generator: 'Herdmark' },
    updated: new Date(items[0]?.updatedAt ?? builtAt),
    author: { name: 'Herdmark' },
    feedLinks: { atom: `${site}data/changes.atom` },
  });
  for (const item of items) {
    feed.addItem({
      // The library calls both HTML, and escapes neither.
      title: toXmlText(writeTitle(item, labels.get(item.machine) ?? item.machine)),
      ...{ id: toUrn(item.id), link: `${page}#${item.id}`, description: toXmlText(item.news) },
      ...{ date: new Date(item.updatedAt), published: new Date(item.noticedAt) },
      category: [{ name: item.kind, term: item.kind }],
    });
  }
  return feed.atom1().replaceAll(nowhere, '../');
}

const toneWords: Readonly<Record<FeedTone, string>> = {
  ...{ alarm: 'Alarm', worse: 'Worse', better: 'Better', level: 'Changed' },
};

/** `Worse: qwen3:8b on NVIDIA L4`. */
function writeTitle({ tone, status, kind, line }: FeedItem, machine: string): string {
  const word = status === 'open' ? 'Silent' : kind === 'gap' ? 'Missing nights' : toneWords[tone];
  return line === null ? `${word}: ${machine}` : `${word}: ${line.model} on ${machine}`;
}

/** Control characters XML 1.0 has no way to write, not even escaped: one of them, and no reader takes the feed. */
function toXmlText(text: string): string {
  return escapeHtml(toPlainLine(text, mostCharacters));
}

/** A UUID of version 8 (RFC 9562): made from the name, so the same on every build. */
function toUrn(name: string): string {
  const hex = sha256Text(`herdmark ${name}`).slice(7, 39);
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}
