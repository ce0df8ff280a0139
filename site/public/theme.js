// Runs before the first paint, so that a remembered theme does not flash. Storage may be switched off: then it is the system's.
document.documentElement.classList.add('js');
try {
  const theme = localStorage.getItem('herdmark-theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch (error) {
  console.debug('No theme is remembered', error);
}
