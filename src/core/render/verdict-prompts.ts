import type { HeadlineMetric, PromptVerdict } from '../../schema/verdict.ts';

export interface PromptRow {
  prompt: string;
  /** By metric, in the order of the columns; null where it has no reading. */
  cells: (PromptVerdict | null)[];
}

export interface PromptDetail {
  metrics: HeadlineMetric[];
  /** What stands out first, then the largest changes. */
  rows: PromptRow[];
  outstanding: number;
}

/** The change of each prompt on each metric, as a table. */
export function arrangePrompts(detail: readonly PromptVerdict[]): PromptDetail {
  const metrics = [...new Set(detail.map(({ metric }) => metric))];
  const prompts = [...Map.groupBy(detail, ({ prompt }) => prompt)].sort(
    ([, a], [, b]) => countOutstanding(b) - countOutstanding(a) || largest(b) - largest(a),
  );
  return {
    metrics,
    rows: prompts.map(([prompt, own]) => ({
      prompt,
      cells: metrics.map((metric) => own.find((it) => it.metric === metric) ?? null),
    })),
    outstanding: countOutstanding(detail),
  };
}

/** How a prompt lies against base. One may stand out for being as before where the others are not. */
export function compareToBase(
  { logRatio }: Pick<PromptVerdict, 'logRatio'>,
  floor: number,
): 'worse' | 'better' | 'as before' {
  if (Math.abs(logRatio) < Math.log1p(floor)) return 'as before';
  return logRatio > 0 ? 'worse' : 'better';
}

function countOutstanding(details: readonly PromptVerdict[]): number {
  return details.filter(({ standsOut }) => standsOut).length;
}

function largest(details: readonly PromptVerdict[]): number {
  return Math.max(...details.map(({ logRatio }) => Math.abs(logRatio)));
}
