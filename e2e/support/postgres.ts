import { startPostgres } from '../../src/testing/postgres'

/** One PostgreSQL for all workers; each makes a database of its own in it. */
// biome-ignore lint/style/noDefaultExport: Playwright takes it so.
export default async function setUp(): Promise<() => Promise<void>> {
  const postgres = await startPostgres()
  process.env.TEST_POSTGRES = postgres.url('')
  return () => postgres.stop()
}
