import './theme.ts';

/** `/` and Ctrl-K open the search from anywhere; what it needs is loaded then. */
const dialog = document.querySelector('dialog[data-search]');
if (dialog instanceof HTMLDialogElement) listen(dialog);

function listen(dialog: HTMLDialogElement): void {
  const open = async () => {
    // At once: what is typed while the rest is on its way is what is looked for.
    dialog.showModal();
    const status = dialog.querySelector('[role=status]');
    try {
      (await import('./search.ts')).openSearch(dialog);
    } catch (error) {
      if (status) status.textContent = 'The search did not come. Check the connection and reload the page.';
      throw error;
    }
  };
  document.querySelector('[data-search-open]')?.addEventListener('click', open);
  document.addEventListener('keydown', (event) => {
    const isShortcut =
      (event.key === '/' && !isTyping(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey) ||
      (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey));
    if (!isShortcut || dialog.open) return;
    event.preventDefault();
    open();
  });
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
    // Until the next frame the field of a dialog that was just closed keeps the focus.
    target.closest('dialog:not([open])') === null
  );
}
