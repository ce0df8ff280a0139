import type { FeedItem } from '../feed/change-feed.ts';

/** What an item of the feed is, in a word or two: `worse`, `suspected`, `another model`. */
export function feedWords({ kind, status, tone }: FeedItem): string {
  if (status === 'suspected' || status === 'cleared' || status === 'interrupted') return status;
  if (kind === 'digest') return 'another model';
  if (kind === 'gap') return status === 'open' ? 'silent' : 'missing nights';
  return kind === 'boundary' ? 'new setup' : tone;
}

/** A shape for it, as colour is not for every eye. */
export function feedSigns({ kind, status, tone, change }: FeedItem): string {
  if (status === 'suspected') return '?';
  if (status === 'cleared' || status === 'interrupted') return '○';
  if (tone === 'alarm') return '!';
  if (kind !== 'change') return '┆';
  // Which way the number went; whether that is good, the word says.
  return change !== null && change < 0 ? '▼' : '▲';
}

/** What can be filtered by, as it stands in a URL, and its name. */
export const feedKinds: Readonly<Record<FeedItem['kind'], string>> = {
  ...{ change: 'a metric moved', digest: 'another model under a tag' },
  ...{ gap: 'missing nights', boundary: 'a new setup' },
};
export const feedStatuses: Readonly<Record<FeedItem['status'], string>> = {
  ...{
    told: 'told',
    suspected: 'suspected',
    open: 'goes on',
    cleared: 'cleared',
    interrupted: 'interrupted',
  },
};
