import { defineConfig } from '@playwright/test';
import { chromiumOptions } from '../e2e/support/chromium';

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results/peers',
  // One of each peer at a time: a Keycloak takes most of a gigabyte, and two cores.
  workers: 1,
  forbidOnly: process.env.CI !== undefined,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME === undefined ? [['list']] : [['list'], ['json']],
  use: {
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: chromiumOptions,
  },
});
