import { sql } from '../../src/platform/db/sql'
import { Browser } from './browser'
import type { Cluster } from './cluster'

/**
 * A person with this password hash, signed in at the first server, in a browser that keeps cookies. Failed attempts
 * count, and all attempts of a race come from one address, so this deletes them.
 */
export async function newHolder(cluster: Cluster, passwordHash: string): Promise<Browser> {
  const person = await cluster.person(undefined, { passwordHash })
  await cluster.db.rows(sql`delete from tries`)
  const browser = new Browser({ url: cluster.urls[0] }, person)
  const [name, value] = person.cookie.split('=') as [string, string]
  browser.cookies.set(name, value)
  return browser
}
