import type { ComponentChildren } from 'preact';
import type { SortOrder } from '../../view/sort-rows.ts';

interface Props {
  id: string;
  order: SortOrder | null;
  onSort: (order: SortOrder) => void;
  number?: boolean;
  children: ComponentChildren;
}

/** A column's head, which sorts by it; pressed again, the other way round. */
export function SortHead({ id, order, onSort, number = false, children }: Props) {
  const own = order?.by === id ? order : null;
  const sorted = own === null ? 'none' : own.isDescending ? 'descending' : 'ascending';
  return (
    <th scope="col" class={number ? 'number' : undefined} aria-sort={sorted}>
      <button type="button" onClick={() => onSort({ by: id, isDescending: sorted === 'ascending' })}>
        {children}
      </button>
    </th>
  );
}
