/** Writes the Markdown of each badge with the address that this site is read from, and copies it on demand. */
for (const box of document.querySelectorAll<HTMLElement>('[data-badges]')) {
  const page = new URL(box.dataset.page ?? '', location.href).href;
  // Brackets would end the text of the image.
  const model = (box.dataset.model ?? '').replace(/[[\]\\]/g, '\\$&');
  for (const code of box.querySelectorAll<HTMLElement>('[data-badge]')) {
    const endpoint = new URL(code.dataset.badge ?? '', location.href).href;
    const image = `https://img.shields.io/endpoint?url=${encodeURIComponent(endpoint)}`;
    code.textContent = `[![${model}](${image})](${page})`;
    const button = code.parentElement?.querySelector('[data-copy]');
    button?.addEventListener('click', () => copy(code, button));
  }
}

async function copy(code: HTMLElement, button: Element): Promise<void> {
  try {
    await navigator.clipboard.writeText(code.textContent ?? '');
    button.textContent = 'Copied';
  } catch {
    // A browser may refuse it, as on a page without TLS: then it is selected, to be copied by hand.
    getSelection()?.selectAllChildren(code);
    button.textContent = 'Selected';
  }
}
