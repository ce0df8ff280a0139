const root = document.documentElement;
const systemDark = matchMedia('(prefers-color-scheme: dark)');
const key = 'herdmark-theme';

document.querySelector('[data-theme-toggle]')?.addEventListener('click', () => {
  const now = root.dataset.theme ?? (systemDark.matches ? 'dark' : 'light');
  const next = now === 'dark' ? 'light' : 'dark';
  remember(next);
  wear(next);
});
systemDark.addEventListener('change', tell);
// Chosen in another tab, or on another page while the browser kept this one to come back to.
addEventListener('storage', (event) => {
  if (event.key === key) wear(event.newValue);
});
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) wear(recall() ?? root.dataset.theme ?? null);
});

function wear(theme: string | null): void {
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme;
  else delete root.dataset.theme;
  tell();
}

function tell(): void {
  document.dispatchEvent(new Event('themechange'));
}

function recall(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    // As when remembering: storage may be switched off.
    return null;
  }
}

function remember(theme: string): void {
  try {
    localStorage.setItem(key, theme);
  } catch (error) {
    // Storage may be switched off: the choice then holds for this page.
    console.debug('The theme cannot be remembered', error);
  }
}
