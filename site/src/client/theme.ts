const root = document.documentElement;
const systemDark = matchMedia('(prefers-color-scheme: dark)');

document.querySelector('[data-theme-toggle]')?.addEventListener('click', () => {
  const now = root.dataset.theme ?? (systemDark.matches ? 'dark' : 'light');
  const next = now === 'dark' ? 'light' : 'dark';
  root.dataset.theme = next;
  remember(next);
  document.dispatchEvent(new Event('themechange'));
});
systemDark.addEventListener('change', () => document.dispatchEvent(new Event('themechange')));

function remember(theme: string): void {
  try {
    localStorage.setItem('herdmark-theme', theme);
  } catch (error) {
    // Storage may be switched off: the choice then holds for this page.
    console.debug('The theme cannot be remembered', error);
  }
}
