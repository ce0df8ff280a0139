import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/global-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A busy machine takes longer than a second to draw a page.
    expect: { poll: { timeout: 10_000 } },
    // Two cores: more workers only fight the embedded engine for them.
    maxWorkers: 2,
  },
});
