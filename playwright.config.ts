import { defineConfig } from '@playwright/test';
import { chromiumOptions } from './e2e/support/chromium';
import { appUrl, hostEnvironment, hostUrl, stackEnvironment } from './e2e/support/stack';

/** Tests of what nobody may get past. */
const boundary = [/attacks\/.*\.spec\.ts$/, /(?:tenancy|credentials|audit)\.spec\.ts$/];

export default defineConfig({
  testDir: 'e2e',
  // The stack is shared, two cores: two workers keep both busy without starving the servers.
  workers: 2,
  fullyParallel: true,
  forbidOnly: process.env.CI !== undefined,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME === undefined ? [['list']] : [['list'], ['json']],
  use: {
    baseURL: appUrl,
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: chromiumOptions,
  },
  // A test may fail once when the machine is busy with other work, and is then told as flaky; what keeps projects apart may not.
  projects: [
    { name: 'boundary', testMatch: boundary, retries: 0 },
    { name: 'product', testIgnore: boundary, retries: 1 },
  ],
  webServer: [
    {
      // The demo itself: what the tests run against is what a person gets.
      command: 'node demo/run.mjs',
      url: `${appUrl}/api/health/ready`,
      env: stackEnvironment,
      timeout: 600_000,
      reuseExistingServer: false,
      stdout: 'pipe',
      gracefulShutdown: { signal: 'SIGTERM', timeout: 30_000 },
    },
    {
      command: 'exec node --import tsx e2e/host/server/main.ts',
      url: `${hostUrl}/healthy`,
      env: hostEnvironment,
      timeout: 600_000,
      reuseExistingServer: false,
      gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
    },
  ],
});
