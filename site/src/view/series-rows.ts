import type { Run, Series } from '../../../src/schema/run.ts';
import { promptState } from './prompt-state.ts';

/** A series of a run with what people know it by. */
export interface SeriesRow {
  /** `<variant key>/<prompt>`, as it stands in a URL. */
  key: string;
  model: string;
  title: string;
  category: string;
  series: Series;
  /** Index into the questions of the run. */
  question: number;
  hasAnswers: boolean;
}

export function listSeriesRows({ series, variants, promptSet }: Run): SeriesRow[] {
  const models = new Map(variants.map(({ key, name }) => [key, name]));
  const prompts = new Map(promptSet.prompts.map((it) => [it.id, it]));
  return series.map((it, question) => ({
    key: `${it.variant}/${it.prompt}`,
    model: models.get(it.variant) ?? it.variant,
    title: prompts.get(it.prompt)?.title ?? it.prompt,
    category: prompts.get(it.prompt)?.category ?? '',
    ...{ series: it, question, hasAnswers: it.distinctAnswers > 0 },
  }));
}

/** Those that have every word somewhere in their model, prompt, category or what the checks said. */
export function filterSeries(rows: readonly SeriesRow[], words: string): SeriesRow[] {
  const wanted = words
    .toLowerCase()
    .split(/\s+/)
    .filter((it) => it !== '');
  return rows.filter(({ model, title, category, series }) => {
    const text = [model, title, series.prompt, category, promptState(series)].join('\n').toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}
