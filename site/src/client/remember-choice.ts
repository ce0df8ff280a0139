/** Keeps in the URL which time the small drawings of prompts show. */
for (const box of document.querySelectorAll<HTMLElement>('[data-multiples]')) {
  const radios = [...box.querySelectorAll<HTMLInputElement>('input[type=radio]')];
  const chosen = new URLSearchParams(location.search).get('prompts');
  for (const radio of radios) {
    if (radio.value === chosen) radio.checked = true;
    radio.addEventListener('change', () => {
      const url = new URL(location.href);
      if (radio === radios[0]) url.searchParams.delete('prompts');
      else url.searchParams.set('prompts', radio.value);
      history.replaceState(null, '', url);
    });
  }
}
