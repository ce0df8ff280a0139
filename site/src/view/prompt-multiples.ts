import { formatMs } from '../../../src/core/render/format.ts';
import { formatChange } from '../../../src/core/render/verdict-format.ts';
import type { SitePrompt } from '../data/contract.ts';
import { changeAgainstBefore, type LineHistory, toSpark } from './line-history.ts';
import { type MatrixCell, readCell } from './prompt-matrix.ts';
import { promptKey } from './prompt-view.ts';
import type { SparkInput } from './sparkline.ts';

/** From where on a change of a time is set in bold: to be found, not to be judged. */
export const largeChange = 0.1;

/** One time of one prompt on one line: the newest value, what it is against the nights before, and its history. */
export interface PromptTime {
  value: string;
  change: string;
  /** now ÷ before − 1; null where either is missing. */
  ratio: number | null;
  /** Whether it stands out from the others. */
  isLarge: boolean;
  spark: SparkInput[];
}

export interface PromptMultiple extends MatrixCell {
  set: string;
  id: string;
  title: string;
  e2e: PromptTime;
  ttft: PromptTime;
}

/** Every prompt that a line answered on its newest night, drawn small. */
export function listMultiples(history: LineHistory, prompts: readonly SitePrompt[]): PromptMultiple[] {
  const { line, nights } = history;
  const newest = nights.length - 1;
  const describe = (values: readonly (number | null)[]): PromptTime => {
    const ratio = changeAgainstBefore(values);
    return {
      ...{ value: formatMs(values[newest]), change: formatChange(ratio), ratio },
      ...{ isLarge: Math.abs(ratio ?? 0) >= largeChange, spark: toSpark(history, values) },
    };
  };
  return prompts.flatMap(({ set, id, title }): PromptMultiple[] => {
    const found = line.prompts[promptKey(set, id)];
    const cell = readCell(line, { set, id });
    if (found === undefined || cell === null) return [];
    return [{ ...{ set, id, title, ...cell }, e2e: describe(found.e2eMs), ttft: describe(found.ttftMs) }];
  });
}
