import type { LineNights, SiteMark, TrendId } from '../../data/contract.ts';

/** A change point as the page hands it to the chart. */
export interface ChartChange {
  metric: TrendId;
  /** When the first changed night began. */
  at: string;
  tone: 'better' | 'worse';
  /** `+5.3 %` */
  change: string;
  words: string;
  /** The comparison of the last good night with the first changed one. */
  href: string;
}

/** What a chart marks: it has a letter, a word and a sentence beside its colour. */
export interface ChartMark {
  at: number;
  kind: SiteMark['kind'] | 'change';
  /** Written at the head of its line. */
  label: string;
  tone: 'mark' | 'better' | 'worse';
  words: string;
  href: string | null;
}

export const markNames: Readonly<Record<ChartMark['kind'], string>> = {
  digest: 'D: another model under the tag',
  epoch: 'E: something else was changed, an epoch begins',
  change: '▲ ▼: a change point',
};

/** Everything that a chart of one trend marks, oldest first. */
export function listMarks(nights: LineNights, changes: readonly ChartChange[], trend: TrendId): ChartMark[] {
  const marks = nights.marks.map(
    ({ night, kind, words }): ChartMark => ({
      ...{ at: nights.at[night] ?? 0, kind, label: kind === 'digest' ? 'D' : 'E', tone: 'mark' },
      ...{ words: words.join(', '), href: null },
    }),
  );
  const points = changes
    .filter(({ metric }) => metric === trend)
    .map(
      ({ at, tone, change, words, href }): ChartMark => ({
        ...{ at: Date.parse(at), kind: 'change', tone, words, href },
        label: `${change.startsWith('−') ? '▼' : '▲'} ${change}, ${tone}`,
      }),
    );
  return [...marks, ...points].sort((a, b) => a.at - b.at);
}
