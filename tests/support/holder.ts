import { sql } from '../../src/platform/db/sql'
import { Browser } from './browser'
import type { Cluster } from './cluster'

/**
 * Somebody with a password, by its hash, who is signed in at the first server, in a browser that keeps cookies. Refused
 * tries count, and all of a race's come from one address, so they are forgotten.
 */
export async function newHolder(cluster: Cluster, passwordHash: string): Promise<Browser> {
  const person = await cluster.person(undefined, { passwordHash })
  await cluster.db.rows(sql`delete from tries`)
  const browser = new Browser({ url: cluster.urls[0] }, person)
  const [name, value] = person.cookie.split('=') as [string, string]
  browser.cookies.set(name, value)
  return browser
}
