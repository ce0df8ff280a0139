import { type FileHandle, open } from 'node:fs/promises';
import type { SchemaElement } from 'hyparquet-writer';
import type { Cell, Column } from './export-tables.ts';

/** Writes one table, row by row. */
export interface TableWriter {
  write(rows: readonly (readonly Cell[])[]): Promise<void>;
  finish(): Promise<void>;
}

type Columns = readonly Pick<Column<never>, 'name' | 'type'>[];

/** Without it Excel takes UTF-8 for the encoding of the machine's language. Data frames leave it out. */
const byteOrderMark = '\ufeff';

/** CSV by RFC 4180, in UTF-8, with a header. An empty cell is null. */
export async function openCsv(path: string, columns: Columns): Promise<TableWriter> {
  const file: FileHandle = await open(path, 'w');
  const write = (rows: readonly (readonly Cell[])[]) =>
    file.appendFile(rows.map((row) => `${row.map(formatCell).join(',')}\r\n`).join(''));
  await file.appendFile(byteOrderMark);
  await write([columns.map(({ name }) => name)]);
  return { write, finish: () => file.close() };
}

/**
 * A spreadsheet takes text that begins with one of these for a formula, and may run it: an apostrophe before it makes
 * it text (OWASP, CSV injection). Names of models and machines come from elsewhere.
 */
const beginsFormula = /^[=+\-@\t\r\n＝＋－＠]/;

function formatCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const text = beginsFormula.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const parquetTypes: Record<Column<never>['type'], SchemaElement> = {
  text: { name: '', type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  whole: { name: '', type: 'INT64' },
  number: { name: '', type: 'DOUBLE' },
  time: { name: '', type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
};
const rowsPerGroup = 100_000;

/** Parquet, with a row group for each 100,000 rows, so that a long table needs little memory. */
export async function openParquet(path: string, columns: Columns): Promise<TableWriter> {
  // Needed by nothing else that the command line does.
  const { fileWriter, ParquetWriter } = await import('hyparquet-writer');
  const writer = new ParquetWriter({
    writer: fileWriter(path),
    schema: [
      { name: 'root', num_children: columns.length },
      ...columns.map(({ name, type }) => ({
        ...parquetTypes[type],
        name,
        repetition_type: 'OPTIONAL' as const,
      })),
    ],
    createdBy: 'herdmark',
  });
  let rows: (readonly Cell[])[] = [];
  const flush = async () => {
    if (rows.length === 0) return;
    const columnData = columns.map(({ name, type }, index) => ({
      name,
      data: rows.map((row) => convertCell(row[index] ?? null, type)),
    }));
    rows = [];
    await writer.write({ columnData, rowGroupSize: rowsPerGroup });
  };
  return {
    async write(more) {
      for (const row of more) rows.push(row);
      if (rows.length >= rowsPerGroup) await flush();
    },
    async finish() {
      await flush();
      await writer.finish();
    },
  };
}

function convertCell(cell: Cell, type: Column<never>['type']): string | number | bigint | Date | null {
  if (cell === null) return null;
  if (type === 'whole') return BigInt(cell);
  return type === 'time' ? new Date(cell) : cell;
}
