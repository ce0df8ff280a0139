import { sortRows } from '../view/sort-rows.ts';
import { lineParameter } from '../view/trend-state.ts';

/** Keeps in the URL which time the small drawings of prompts show, and in which order. A choice is a step back. */
for (const box of document.querySelectorAll<HTMLElement>('[data-multiples]')) {
  const select = box.querySelector('select');
  const list = box.querySelector('ul');
  if (select && list) keepInUrl(box, select, list);
}

function keepInUrl(box: HTMLElement, select: HTMLSelectElement, list: HTMLUListElement): void {
  const radios = [...box.querySelectorAll<HTMLInputElement>('input[type=radio]')];
  const asTheyCame = [...list.children].filter((it) => it instanceof HTMLElement);
  const [time, order] = ['prompts', 'order'].map((name) => lineParameter(box.dataset.multiples ?? '', name));
  if (time === undefined || order === undefined) return;

  const chosen = () => radios.find(({ checked }) => checked) ?? radios[0];
  const show = () => {
    const name = chosen()?.value ?? '';
    const readChange = ({ dataset }: HTMLElement) => (dataset[name] ? Number(dataset[name]) : null);
    const isSorted = select.value !== '';
    list.append(...(isSorted ? sortRows(asTheyCame, readChange, select.value === 'slower') : asTheyCame));
  };
  const read = () => {
    const query = new URLSearchParams(location.search);
    const radio = radios.find(({ value }) => value === query.get(time)) ?? radios[0];
    if (radio) radio.checked = true;
    select.value = query.get(order) ?? '';
    // A select that knows no such value shows none at all.
    if (select.selectedIndex < 0) select.value = '';
    show();
  };
  const write = (isStep: boolean) => {
    const query = new URLSearchParams(location.search);
    const radio = chosen();
    for (const [name, value] of [
      [time, radio === radios[0] ? '' : (radio?.value ?? '')],
      [order, select.value],
    ] as const) {
      if (value === '') query.delete(name);
      else query.set(name, value);
    }
    const search = query.size === 0 ? '' : `?${query}`;
    history[isStep ? 'pushState' : 'replaceState'](null, '', location.pathname + search + location.hash);
    show();
  };
  for (const field of [...radios, select]) field.addEventListener('change', () => write(true));
  addEventListener('popstate', read);
  // The browser keeps no choice of its own: one that is not the page's was made before this ran.
  const isEarly = select.value !== '' || radios.some((it) => it.checked && !it.defaultChecked);
  if (isEarly) write(false);
  else read();
}
