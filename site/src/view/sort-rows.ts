/** By which column a table is sorted. */
export interface SortOrder {
  by: string;
  isDescending: boolean;
}

/** `e2e` and `-e2e`, as in a URL. */
export function readOrder(text: string | undefined): SortOrder | null {
  if (text === undefined || text === '' || text === '-') return null;
  const isDescending = text.startsWith('-');
  return { by: isDescending ? text.slice(1) : text, isDescending };
}

export function writeOrder({ by, isDescending }: SortOrder): string {
  return `${isDescending ? '-' : ''}${by}`;
}

/** Numbers as numbers, text as people sort it, and what has no value last either way. The order is stable. */
export function sortRows<Row>(
  rows: readonly Row[],
  read: (row: Row) => string | number | null,
  isDescending: boolean,
): Row[] {
  const sign = isDescending ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [left, right] = [read(a), read(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return typeof left === 'number' && typeof right === 'number'
      ? sign * (left - right)
      : sign * String(left).localeCompare(String(right), 'en', { numeric: true });
  });
}
