import { availableParallelism } from 'node:os'
import { defineConfig } from '@playwright/test'

/** In milliseconds. A mutant makes a test wait in vain, so there it waits less. */
const expectTimeoutMs = Number(process.env.EXPECT_TIMEOUT ?? 30_000)

const testIgnore = /services\/.*\.spec\.ts/

/** The journeys, in Debian's Chromium without a window, on both databases. Each worker has a server and a database of its own. */
export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/support/databases.ts',
  // One more than there are cores: a browser waits for its test, and a test for its browser.
  workers: availableParallelism() + 1,
  fullyParallel: true,
  // Generous, for a slow machine: what is right is found as soon as it is there.
  timeout: 240_000,
  expect: { timeout: expectTimeoutMs },
  reporter: [['list']],
  outputDir: 'test-results',
  use: {
    locale: 'en-GB',
    // Nothing waits for what slides in, and the machine draws it once.
    contextOptions: { reducedMotion: 'reduce' },
    actionTimeout: expectTimeoutMs,
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell',
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
    { name: 'postgres', testIgnore },
    // With real services: npm run test:services.
    { name: 'services', testMatch: /services\/.*\.spec\.ts/ },
    // What a screen looks like, how it is used with the keyboard and how it keeps up has nothing to do with the database
    // under it. Of the rest, all that the server does is tested on both without a browser; ALL=1 plays all of it here, too.
    {
      name: 'embedded',
      ...(process.env.ALL
        ? { testIgnore: [testIgnore, /(screens|keyboard|inert|live|activity|documentation)\.spec\.ts/] }
        : { testMatch: /(set-up|accept|leave)\.spec\.ts/ }),
    },
  ],
})
