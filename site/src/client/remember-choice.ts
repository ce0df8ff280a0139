/** Keeps in the URL which time the small drawings of prompts show. */
for (const box of document.querySelectorAll<HTMLElement>('[data-multiples]')) {
  const radios = [...box.querySelectorAll<HTMLInputElement>('input[type=radio]')];
  const [first] = radios;
  const read = () => {
    const chosen = new URLSearchParams(location.search).get('prompts');
    const radio = radios.find(({ value }) => value === chosen) ?? first;
    if (radio) radio.checked = true;
  };
  const write = (radio: HTMLInputElement) => {
    const url = new URL(location.href);
    if (radio === first) url.searchParams.delete('prompts');
    else url.searchParams.set('prompts', radio.value);
    history.replaceState(null, '', url);
  };
  for (const radio of radios) radio.addEventListener('change', () => write(radio));
  addEventListener('popstate', read);
  // The browser keeps no choice of its own: one that is not the page's was made before this ran.
  const early = radios.find((it) => it.checked && !it.defaultChecked);
  if (early) write(early);
  else read();
}
