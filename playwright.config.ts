import { defineConfig } from '@playwright/test'

/** The journeys, in Debian's Chromium, on both databases. Each worker has a server and a database of its own. */
export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/support/databases.ts',
  workers: 2,
  fullyParallel: true,
  // Generous, for a slow machine: what is right is found as soon as it is there.
  timeout: 240_000,
  // A planted bug makes a test wait in vain, so there it waits less.
  expect: { timeout: Number(process.env.EXPECT_TIMEOUT ?? 30_000) },
  reporter: [['list']],
  outputDir: 'test-results',
  use: {
    locale: 'en-GB',
    actionTimeout: 30_000,
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'embedded' },
    // What a screen looks like, how it is used with the keyboard and how it keeps up has nothing to do with the database
    // under it. Of the rest, all that the server does is tested on both without a browser; ALL=1 plays all of it here, too.
    {
      name: 'postgres',
      ...(process.env.ALL
        ? { testIgnore: /(screens|keyboard|inert|live|activity|documentation)\.spec\.ts/ }
        : { testMatch: /(set-up|register|create|invite|accept|manage|leave|roles)\.spec\.ts/ }),
    },
  ],
})
