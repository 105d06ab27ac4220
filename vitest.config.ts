import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{alerts,cli,lib,server,components,demo,scripts,federation}/**/*.test.{ts,tsx}'],
    // Component tests ask for a DOM in their first line: `// @vitest-environment jsdom`.
    environment: 'node',
    passWithNoTests: false,
    unstubGlobals: true,
    // Machines are shared: nothing is told by how long a test takes.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
