/** Makes the heads of `table[data-sortable]` buttons that sort by the cells' `data-sort`: numbers as numbers, no value last. */
for (const table of document.querySelectorAll<HTMLTableElement>('table[data-sortable]')) makeSortable(table);

function makeSortable(table: HTMLTableElement): void {
  const heads = [...table.querySelectorAll<HTMLTableCellElement>('th[data-sort-head]')];
  for (const head of heads) {
    const button = document.createElement('button');
    button.type = 'button';
    button.append(...head.childNodes);
    head.append(button);
    head.setAttribute('aria-sort', 'none');
    button.addEventListener('click', () => {
      const order = head.getAttribute('aria-sort') === 'ascending' ? 'descending' : 'ascending';
      for (const other of heads) other.setAttribute('aria-sort', other === head ? order : 'none');
      sortRows(table, head.cellIndex, order === 'ascending' ? 1 : -1);
    });
  }
}

function sortRows(table: HTMLTableElement, column: number, sign: number): void {
  const body = table.tBodies[0];
  if (!body) return;
  const readValue = (row: HTMLTableRowElement) => row.cells[column]?.dataset.sort ?? '';
  const rows = [...body.rows].sort((a, b) => compareValues(readValue(a), readValue(b), sign));
  body.append(...rows);
}

function compareValues(a: string, b: string, sign: number): number {
  if (a === '' || b === '') return Number(a === '') - Number(b === '');
  const difference = Number(a) - Number(b);
  return sign * (Number.isNaN(difference) ? a.localeCompare(b, 'en') : difference);
}
