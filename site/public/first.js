// Runs before everything else on a page, and before the first paint.
document.documentElement.classList.add('js');

// So that a remembered theme does not flash. Storage may be switched off: then it is the system's.
try {
  const theme = localStorage.getItem('herdmark-theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch (error) {
  console.debug('No theme is remembered', error);
}

// zod would try whether it may compile code. It may not, and each try is a violation of the page's policy.
globalThis.__zod_globalConfig = { jitless: true };
