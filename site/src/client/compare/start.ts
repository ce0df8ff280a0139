const root = document.querySelector<HTMLElement>('#compare');
if (root !== null) {
  await import('../quiet-schemas.ts');
  const { showComparison } = await import('./compare-page.tsx');
  showComparison(root);
}

export {};
