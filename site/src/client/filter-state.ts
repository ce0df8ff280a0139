/**
 * Keeps the fields of a form and the query of the URL the same: `?machine=…&status=…`. Empty fields are left out, and
 * what is not a field of the form stays.
 */
export function bindToUrl(
  form: HTMLFormElement,
  changed: (values: ReadonlyMap<string, string>) => void,
): void {
  const fields = () =>
    [...form.elements].filter((it) => it instanceof HTMLSelectElement || it instanceof HTMLInputElement);
  const read = () => {
    const query = new URLSearchParams(location.search);
    for (const field of fields()) {
      field.value = query.get(field.name) ?? '';
      // A select that knows no such value shows none at all.
      if (field instanceof HTMLSelectElement && field.selectedIndex < 0) field.value = '';
    }
    changed(valuesOf(fields()));
  };
  const write = () => {
    const query = new URLSearchParams(location.search);
    for (const { name, value } of fields()) {
      if (value === '') query.delete(name);
      else query.set(name, value);
    }
    const search = query.size === 0 ? '' : `?${query}`;
    // Without the fragment: what it names may be hidden now.
    history.replaceState(null, '', location.pathname + search);
    changed(valuesOf(fields()));
  };
  form.addEventListener('input', write);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => {
    // The fields are emptied after the event.
    setTimeout(write);
  });
  addEventListener('popstate', read);
  read();
}

function valuesOf(fields: readonly (HTMLSelectElement | HTMLInputElement)[]): Map<string, string> {
  return new Map(fields.map(({ name, value }) => [name, value]));
}
