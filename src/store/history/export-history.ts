import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { metricId } from '../../schema/run.ts';
import { modelColumns, promptColumns } from './export-model-tables.ts';
import { type Column, runColumns, sampleColumns, seriesColumns } from './export-tables.ts';
import type { History } from './open-history.ts';
import { readWholeRun } from './read-whole-run.ts';
import { openCsv, openParquet, type TableWriter } from './table-writers.ts';

export const exportFormats = ['csv', 'parquet'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export interface Exported {
  /** Rows by table. */
  rows: Record<'runs' | 'models' | 'prompts' | 'series' | 'samples', number>;
  files: string[];
}

/**
 * Writes a history as tables, and what their columns mean.
 * @throws {UnreadableDocument} at the first document that is damaged, and leaves no table: half of one would look whole.
 */
export async function exportHistory(history: History, format: ExportFormat, out: string): Promise<Exported> {
  await mkdir(out, { recursive: true });
  const begun: BegunTable[] = [];
  try {
    return await writeTables(history, format, out, begun);
  } catch (error) {
    // A file that is open cannot be removed on Windows; what failed was said already.
    await Promise.allSettled(begun.map(({ writer }) => writer.finish()));
    for (const { path } of begun) await rm(path, { force: true });
    throw error;
  }
}

interface BegunTable {
  path: string;
  writer: TableWriter;
}

/** @param begun Tables are added to it as they are begun. */
async function writeTables(
  history: History,
  format: ExportFormat,
  out: string,
  begun: BegunTable[],
): Promise<Exported> {
  const openTable = async <Row>(name: string, columns: readonly Column<Row>[]) => {
    const path = join(out, `${name}.${format}`);
    const open = format === 'csv' ? openCsv : openParquet;
    const writer = await open(path, columns);
    begun.push({ path, writer });
    return startTable(writer, columns);
  };
  const runs = await openTable('runs', runColumns);
  const models = await openTable('models', modelColumns);
  const prompts = await openTable('prompts', promptColumns);
  const series = await openTable('series', seriesColumns);
  const samples = await openTable('samples', sampleColumns);

  for (const id of history.runIds()) {
    const { kept, run, samples: decoded } = await readWholeRun(history, id);
    const variants = new Map(run.variants.map((variant) => [variant.key, variant]));
    await runs.add([kept]);
    await models.add(run.variants.map((variant) => ({ run, variant })));
    await prompts.add(run.series.map((of) => ({ run, series: of, variant: variants.get(of.variant) })));
    await series.add(
      run.series.flatMap((of) =>
        metricId.options
          .filter((metric) => of.metrics[metric].n > 0)
          .map((metric) => ({ run, series: of, metric, variant: variants.get(of.variant) })),
      ),
    );
    await samples.add(decoded.map((sample) => ({ run, sample, variant: variants.get(sample.variant) })));
  }
  const columns = join(out, 'columns.md');
  await writeFile(columns, describeColumns());
  return {
    rows: {
      ...{ runs: await runs.finish(), models: await models.finish(), prompts: await prompts.finish() },
      ...{ series: await series.finish(), samples: await samples.finish() },
    },
    files: [...begun.map(({ path }) => path), columns],
  };
}

function startTable<Row>(writer: TableWriter, columns: readonly Column<Row>[]) {
  let count = 0;
  return {
    async add(rows: readonly Row[]): Promise<void> {
      count += rows.length;
      await writer.write(rows.map((row) => columns.map((column) => column.read(row))));
    },
    async finish(): Promise<number> {
      await writer.finish();
      return count;
    },
  };
}

function describeColumns(): string {
  const tables = [
    ['runs', 'One row a run.', runColumns],
    ['models', 'One row a run and model: memory, loads, energy, answers.', modelColumns],
    ['prompts', 'One row a run, model and prompt: requests and what the checks said.', promptColumns],
    ['series', 'One row a run, model, prompt and metric, where there is a reading.', seriesColumns],
    ['samples', 'One row a judged or timed request, where samples are kept.', sampleColumns],
  ] as const;
  const sections = tables.map(([name, about, columns]) => {
    const lines = columns.map((column) => `| \`${column.name}\` | ${column.type} | ${column.about} |`);
    return `## ${name}\n\n${about}\n\n| column | type | what it is |\n|---|---|---|\n${lines.join('\n')}\n`;
  });
  return `# Columns\n\n${introduction}\n\n${sections.join('\n')}`;
}

const introduction = [
  'An empty cell is unknown, or does not apply; it is never zero. Times are UTC, and durations milliseconds.',
  'Figures have the four digits that a history keeps.',
  'In CSV, an apostrophe stands before text that a spreadsheet would take for a formula.',
].join(' ');
