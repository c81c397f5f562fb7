import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { type Cluster, openCluster } from '../../tests/support/cluster'
import { brokenInvariants } from '../../tests/support/invariants'
import { programs, statement } from '../../tests/support/postgres'
import { program } from '../../tests/support/program'
import { startServer } from '../../tests/support/server'
import { testBaseUrl, testSecret } from '../../tests/support/site'
import { createInvitation, listInvitations, showInvitationCode } from '../membership/invitations/schema'
import { openPostgres } from '../platform/db/postgres'
import { sql } from '../platform/db/sql'

// As described in docs/operating.md: a dump made while servers are running is restored, and everything continues from
// there.

let cluster: Cluster
const folder = mkdtempSync(join(tmpdir(), 'guildhall-backup-'))

beforeAll(async () => {
  cluster = await openCluster()
})
afterAll(async () => {
  await cluster.close()
  rmSync(folder, { recursive: true, force: true })
})

test('a dump restores to a database in which every invariant holds, sessions go on, and codes can be shown', async () => {
  const { id: organizationId, admins } = await cluster.organization(1, 1)
  const admin = admins[0]!.person
  const { id: invitationId, code } = await admin.call(createInvitation, { organizationId })
  const { name } = await cluster.db.only<{ name: string }>(sql`select current_database() as name`)
  const [file, restored] = [join(folder, 'dump'), `restored_${name}`]
  execFileSync(join(programs(), 'pg_dump'), ['--format=custom', '--file', file, `${inject('postgres')}${name}`])
  await statement(`${inject('postgres')}postgres`, `create database ${restored}`)
  const url = `${inject('postgres')}${restored}`
  execFileSync(join(programs(), 'pg_restore'), ['--exit-on-error', '--dbname', url, file])

  const db = openPostgres(url)
  expect(await brokenInvariants(db)).toEqual([])
  await db.pool.end()
  const server = await startServer(await program('--check-answers'), {
    DATABASE_URL: url,
    BASE_URL: testBaseUrl,
    GUILDHALL_SECRET: testSecret,
  })
  const there = admin.at(server.url)
  const { items } = await there.call(listInvitations, { organizationId })
  expect(items.map(({ id }) => id)).toEqual([invitationId])
  expect(await there.call(showInvitationCode, { organizationId, invitationId })).toMatchObject({ code })
  await server.stop()
})
