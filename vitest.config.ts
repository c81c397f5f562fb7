import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

// Stories run on both databases: the same files, once on each. Races run on PostgreSQL only, where they are possible.
const stories = ['src/**/routes.test.ts', '{src,tests}/**/*.story.test.ts']
const races = ['{src,tests,chaos}/**/*.race.test.ts']
// They need real programs, which take their time to come: npm run test:services.
const services = ['{src,tests}/**/*.service.test.ts']
const tidy = ['tests/tidy.test.ts', 'tests/prose.test.ts']
// Files of one kind share their processes, and read the program once: nothing in it is mocked or changed.
const shared = { isolate: false }
// For as long as it takes where many more are asked for than usual.
const more = process.env.WALK || process.env.FUZZ
const timeouts = { testTimeout: more ? 0 : 300_000, hookTimeout: 300_000 }

/**
 * What takes long does not come last, where it would be waited for alone: the units, some of which start whole servers, and
 * the longest of the races, which have nothing else behind them.
 */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const group = ({ project }: TestSpecification) => project.config.sequence.groupOrder
    const place = ({ project, moduleId }: TestSpecification) =>
      project.name === 'unit' || /signing-in|chaos.(connections|servers)/.test(moduleId) ? 0 : 1
    return (await super.sort(files)).sort((a, b) => group(a) - group(b) || place(a) - place(b))
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    globalSetup: ['tests/support/global-setup.ts'],
    // One more than there are cores: tests wait for a mail, a heartbeat or PostgreSQL now and then.
    maxWorkers: availableParallelism() + 1,
    projects: [
      { test: { name: 'tidy', include: tidy } },
      {
        test: {
          ...shared,
          name: 'unit',
          include: ['{src,portal,tests}/**/*.test.ts'],
          exclude: [...stories, ...races, ...services, ...tidy],
        },
      },
      { test: { ...shared, ...timeouts, name: 'embedded', include: stories, env: { TEST_DATABASE: 'embedded' } } },
      { test: { ...shared, ...timeouts, name: 'postgres', include: stories, env: { TEST_DATABASE: 'postgres' } } },
      // After the others, and two at a time: each has servers of its own, which they need the machine for.
      {
        test: {
          ...shared,
          ...timeouts,
          name: 'races',
          include: races,
          env: { TEST_DATABASE: 'postgres' },
          testTimeout: 600_000,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...shared,
          ...timeouts,
          name: 'services',
          include: services,
          env: { TEST_DATABASE: 'postgres' },
          globalSetup: ['tests/support/services-setup.ts'],
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
