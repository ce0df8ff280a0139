import { config } from 'zod';

// The site's policy allows no code made of text, and trying would be reported. Before any schema is made, as each looks
// once: so everything else is imported after it.
config({ jitless: true });

const root = document.querySelector<HTMLElement>('#compare');
if (root !== null) {
  const { showComparison } = await import('./compare-page.tsx');
  showComparison(root);
}
