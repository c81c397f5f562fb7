import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

// Stories run on both databases: the same files, once on each. Races run on PostgreSQL only, where they are possible.
const stories = ['src/**/routes.test.ts', 'src/**/*.story.test.ts']
const races = ['{src,chaos}/**/*.race.test.ts']
const tidy = ['src/tidy.test.ts']
const patience = { testTimeout: 300_000, hookTimeout: 300_000 }

export default defineConfig({
  test: {
    globalSetup: ['src/testing/global-setup.ts'],
    // By itself it would leave a core to somebody who watches. Here nobody does.
    maxWorkers: Math.max(2, availableParallelism()),
    projects: [
      { test: { name: 'tidy', include: tidy } },
      { test: { name: 'unit', include: ['{src,portal}/**/*.test.ts'], exclude: [...stories, ...races, ...tidy] } },
      { test: { ...patience, name: 'embedded', include: stories, env: { TEST_DATABASE: 'embedded' } } },
      { test: { ...patience, name: 'postgres', include: stories, env: { TEST_DATABASE: 'postgres' } } },
      { test: { ...patience, name: 'races', include: races, testTimeout: 600_000, fileParallelism: false } },
    ],
  },
})
