import { bindToUrl } from './filter-state.ts';

/** Shows of a feed what fits the form before it. What was cleared is shown only to who asks for it, or has a link to it. */
for (const section of document.querySelectorAll<HTMLElement>('[data-filtered="item"]')) filter(section);

function filter(section: HTMLElement): void {
  const form = section.querySelector<HTMLFormElement>('[data-filter]');
  if (!form) return;
  const items = [...section.querySelectorAll<HTMLElement>('[data-item]')];
  const none = section.querySelector<HTMLElement>('[data-none]');
  const count = form.querySelector('[data-count]');
  bindToUrl(form, (values) => {
    let shown = 0;
    for (const item of items) {
      item.hidden = !fits(item, values) && `#${item.id}` !== location.hash;
      if (!item.hidden) shown++;
    }
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

function fits({ dataset }: HTMLElement, values: ReadonlyMap<string, string>): boolean {
  for (const [name, value] of values) {
    const own = dataset[name] ?? '';
    if (name === 'status' && value === '' && own === 'cleared') return false;
    if (value !== '' && value !== 'all' && own !== value) return false;
  }
  return true;
}
