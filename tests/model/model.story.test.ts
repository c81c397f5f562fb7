import fc from 'fast-check'
import { test } from 'vitest'
import { registerAccount } from '../../src/identity/accounts/schema'
import { acceptOrganization, createOrganization } from '../../src/membership/organizations/schema'
import { sql } from '../../src/platform/db/sql'
import { listServices, saveService } from '../../src/roles/services/schema'
import { howMany } from '../support/how-many'
import { details } from '../support/organizations'
import { asSeen } from '../support/seen'
import { sharedSite } from '../support/shared-site'
import { password } from '../support/site'
import { commands } from './commands'
import { create, newModel, operatorDoes } from './model'
import { serviceWith } from './role-commands'
import type { Real } from './step'

const people = 5
/** `HISTORIES=1000 npx vitest run tests/model` runs more command sequences. */
const histories = howMany('HISTORIES', 16)

const site = sharedSite({ trustedProxies: ['loopback'] })

test(`${histories} random histories of all operations: the site answers as the model does, and every invariant holds after each step`, async () => {
  const operator = await site.person('Olga', { operator: true })
  const hash = await passwordHash()
  const seen: Record<string, number> = {}
  let history = 0
  await fc.assert(
    fc.asyncProperty(fc.commands(commands(people), { size: 'max', maxCommands: 80 }), async (steps) => {
      // Restores the roles that the previous sequence retired.
      await operator.call(
        saveService,
        serviceWith(() => false),
      )
      const [service] = (await operator.call(listServices, {})).services
      const real: Real = {
        site,
        operator,
        people: await Promise.all(
          Array.from({ length: people }, () => site.person(undefined, { passwordHash: hash, confirmed: true })),
        ),
        organizationIds: [],
        invitations: [],
        serviceId: service!.id,
        roleIds: service!.roles.map(({ id }) => id),
        requestIds: [],
        history: ++history,
        seen,
      }
      const model = newModel(
        real.people.map(({ email }) => email),
        history,
      )
      // Sequences begin with an accepted organization, so that most of them reach the operations that require one.
      const { id } = await real.people[0]!.call(createOrganization, details())
      await asSeen(operator).call(acceptOrganization, { organizationId: id })
      real.organizationIds.push(id)
      create(model, 0)
      operatorDoes(model, 0, 'accept')
      await fc.asyncModelRun(() => ({ model, real }), steps)
    }),
    { numRuns: histories, endOnFailure: false },
  )
  const total = Object.values(seen).reduce((sum, count) => sum + count, 0)
  console.log(`${history} histories, ${total} steps:`, Object.fromEntries(Object.entries(seen).sort()))
})

/** The hash of the tests’ password, computed once because hashing is slow. */
async function passwordHash(): Promise<string> {
  const email = 'hashed@example.org'
  await site.anonymous.call(registerAccount, { email, password, firstName: 'Ana', lastName: 'Cruz', country: 'PH' })
  const { hash } = await site.db.only<{ hash: string }>(sql`
    select c.password as hash from credentials c join accounts a on a.id = c.account_id where a.email = ${email}`)
  return hash
}

/** They can sign in with the tests’ password. */
