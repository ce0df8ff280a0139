import { startPart } from '../start-part.ts';

const root = document.querySelector<HTMLElement>('#compare');
if (root !== null) {
  await startPart(root, async () => {
    await import('../quiet-schemas.ts');
    const { showComparison } = await import('./compare-page.tsx');
    showComparison(root);
  });
}
