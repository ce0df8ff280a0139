import { readOrder, type SortOrder, sortRows, writeOrder } from '../view/sort-rows.ts';

/** Sorts the tables of a page by any column that has a name, as `?sort=-decode` says. */
for (const table of document.querySelectorAll<HTMLTableElement>('table[data-sorted]')) makeSortable(table);

function makeSortable(table: HTMLTableElement): void {
  const body = table.tBodies[0];
  if (!body) return;
  const asTheyCame = [...body.rows];
  const heads = [...table.querySelectorAll<HTMLTableCellElement>('th[data-sort]')];
  const show = () => {
    const order = readOrder(new URLSearchParams(location.search).get('sort') ?? undefined);
    const head = heads.find(({ dataset }) => dataset.sort === order?.by);
    for (const it of heads)
      it.ariaSort = it !== head ? 'none' : order?.isDescending ? 'descending' : 'ascending';
    const column = head?.cellIndex ?? -1;
    body.append(
      ...(order && head
        ? sortRows(asTheyCame, (row) => readCell(row, column), order.isDescending)
        : asTheyCame),
    );
  };
  for (const head of heads) {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener('click', () => {
      sortBy({ by: head.dataset.sort ?? '', isDescending: head.ariaSort === 'ascending' });
      show();
    });
  }
  addEventListener('popstate', show);
  show();
}

function sortBy(order: SortOrder): void {
  const query = new URLSearchParams(location.search);
  query.set('sort', writeOrder(order));
  history.pushState(null, '', `${location.pathname}?${query}${location.hash}`);
}

/** The number behind what a cell says, if it has one; null where it has no value. */
function readCell(row: HTMLTableRowElement, column: number): string | number | null {
  const cell = row.cells[column];
  const value = cell?.dataset.value;
  if (value === undefined) return cell?.textContent?.trim() ?? null;
  return value === '' ? null : Number(value);
}
