type Field = HTMLSelectElement | HTMLInputElement;

/**
 * Keeps the fields of a form and the query of the URL the same: `?machine=…&status=…`. Empty fields are left out, and
 * what is not a field of the form stays. A choice is a step back in the browser's history, a letter typed is none. What was chosen before this ran counts as if it had been chosen after.
 */
export function bindToUrl(
  form: HTMLFormElement,
  changed: (values: ReadonlyMap<string, string>) => void,
): void {
  const fields = () =>
    [...form.elements].filter((it) => it instanceof HTMLSelectElement || it instanceof HTMLInputElement);
  const read = (own: readonly Field[]) => {
    const query = new URLSearchParams(location.search);
    for (const field of own) {
      field.value = query.get(field.name) ?? '';
      // A select that knows no such value shows none at all.
      if (field instanceof HTMLSelectElement && field.selectedIndex < 0) field.value = '';
    }
  };
  const write = (isStep: boolean) => {
    const query = new URLSearchParams(location.search);
    for (const { name, value } of fields()) {
      if (value === '') query.delete(name);
      else query.set(name, value);
    }
    const search = query.size === 0 ? '' : `?${query}`;
    // Without the fragment: what it names may be hidden now.
    history[isStep ? 'pushState' : 'replaceState'](null, '', location.pathname + search);
    changed(valuesOf(fields()));
  };
  form.addEventListener('input', ({ target }) => write(target instanceof HTMLSelectElement));
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => {
    // The fields are emptied after the event.
    setTimeout(() => write(true));
  });
  addEventListener('popstate', () => {
    read(fields());
    changed(valuesOf(fields()));
  });
  const early = fields().filter(({ value }) => value !== '');
  read(fields().filter((it) => !early.includes(it)));
  if (early.length > 0) write(false);
  else changed(valuesOf(fields()));
}

function valuesOf(fields: readonly Field[]): Map<string, string> {
  return new Map(fields.map(({ name, value }) => [name, value]));
}
