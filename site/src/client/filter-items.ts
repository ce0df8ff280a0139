import { bindToUrl } from './filter-state.ts';

/**
 * Shows of a feed or a table what fits the form before it: rows by their own values and words, columns by theirs. What was
 * cleared is shown only to who asks for it, or has a link to it.
 */
for (const section of document.querySelectorAll<HTMLElement>('[data-filtered="item"]')) filter(section);

function filter(section: HTMLElement): void {
  const form = section.querySelector<HTMLFormElement>('[data-filter]');
  if (!form) return;
  const items = [...section.querySelectorAll<HTMLElement>('[data-item]')];
  const columns = [...section.querySelectorAll<HTMLElement>('[data-column]')];
  const groups = [...section.querySelectorAll<HTMLElement>('[data-group]')];
  const none = section.querySelector<HTMLElement>('[data-none]');
  const count = form.querySelector('[data-count]');
  bindToUrl(form, (values) => {
    let shown = 0;
    for (const item of items) {
      item.hidden = !fits(item, values) && `#${item.id}` !== location.hash;
      if (!item.hidden) shown++;
    }
    for (const cell of columns) cell.hidden = !hasWords(cell.dataset.column, values.get('column'));
    for (const group of groups) group.hidden = group.querySelector('[data-item]:not([hidden])') === null;
    if (none) none.hidden = shown > 0;
    if (count) count.textContent = `${shown} of ${items.length}`;
  });
  const showTarget = () => {
    const target = items.find(({ id }) => `#${id}` === location.hash);
    if (!target?.hidden) return;
    target.hidden = false;
    target.scrollIntoView();
  };
  addEventListener('hashchange', showTarget);
  if (location.hash !== '') items.find(({ id }) => `#${id}` === location.hash)?.scrollIntoView();
}

/** Whether a text has every word that was asked for, whole or not. */
function hasWords(text = '', words = ''): boolean {
  const own = text.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => own.includes(word));
}

function fits({ dataset }: HTMLElement, values: ReadonlyMap<string, string>): boolean {
  for (const [name, value] of values) {
    if (name === 'column') continue;
    const own = dataset[name] ?? '';
    if (name === 'find') {
      if (!hasWords(own, value)) return false;
      continue;
    }
    if (name === 'status' && value === '' && own === 'cleared') return false;
    if (value !== '' && value !== 'all' && own !== value) return false;
  }
  return true;
}
