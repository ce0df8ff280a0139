import type { ComponentChildren } from 'preact';

interface Props {
  label: string;
  /** Scrolls by itself where there are many rows. */
  tall?: boolean;
  /** Its columns keep some width: there may be many of them. */
  wide?: boolean;
  children: ComponentChildren;
}

/** A table in a box that scrolls, so that the page never does; it takes the focus, so that keys can scroll it. */
export function TableBox({ label, tall = false, wide = false, children }: Props) {
  const kinds = `table-box${tall ? ' tall' : ''}${wide ? ' wide' : ''}`;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reached by keys
    // biome-ignore lint/a11y/useSemanticElements: it is no group of form fields
    <div class={kinds} tabIndex={0} role="group" aria-label={label}>
      <table>{children}</table>
    </div>
  );
}

/** Heads of columns, each on the side where its cells are. */
export function ColumnHeads({ names, isNumber = false }: { names: readonly string[]; isNumber?: boolean }) {
  return names.map((name, index) => (
    <th key={index} scope="col" class={isNumber ? 'number' : undefined}>
      {name}
    </th>
  ));
}

/** Cells that are compared digit by digit. */
export function NumberCells({ cells }: { cells: readonly (string | number)[] }) {
  return cells.map((cell, index) => (
    <td key={index} class="number">
      {cell}
    </td>
  ));
}
