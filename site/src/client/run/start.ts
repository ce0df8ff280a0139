import { config } from 'zod';

// The site's policy allows no code made of text, and trying would be reported. Before any schema is made, as each looks
// once: so everything else is imported after it.
config({ jitless: true });

const root = document.querySelector<HTMLElement>('#run');
if (root !== null) {
  const { showRun } = await import('./run-page.tsx');
  showRun(root);
}
