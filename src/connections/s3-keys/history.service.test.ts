import fc from 'fast-check'
import { expect, test } from 'vitest'
import { howMany } from '../../../tests/support/how-many'
import { gatewayHost, type ObjectStore, objectStore } from '../../../tests/support/object-store'
import { acceptedOrganization, membershipOf } from '../../../tests/support/organizations'
import { askS3 } from '../../../tests/support/s3'
import { asSeen } from '../../../tests/support/seen'
import { sharedSite } from '../../../tests/support/shared-site'
import type { Person } from '../../../tests/support/site'
import { until } from '../../../tests/support/until'
import { disableAccount, enableAccount } from '../../identity/accounts/schema'
import { acceptInvitation, createInvitation } from '../../membership/invitations/schema'
import { getMe } from '../../membership/me/schema'
import { leaveOrganization, removeMember } from '../../membership/memberships/schema'
import { reinstateOrganization, suspendOrganization } from '../../membership/organizations/schema'
import { getAccountEntitlements } from '../../roles/entitlements/schema'
import { grantRole, listRoleAssignments, revokeRole } from '../../roles/role-assignments/schema'
import { listServices } from '../../roles/services/schema'
import { createS3Key, deleteS3Key, listS3Keys, resetS3Secret, setS3KeyEnd } from './schema'

/** `HISTORIES=50 npx vitest run --project services src/connections/s3-keys/history` walks longer. */
const histories = howMany('HISTORIES', 3)

const site = sharedSite({ outboundAllow: [gatewayHost], schedule: [0.05], pause: 0.05 })
const reason = 'A history.'

/** A secret that someone was once shown, and the key that it is or was for. */
interface Shown {
  person: Person
  keyId: string
  accessKey: string
  secretKey: string
  /** Whether another one took its place. */
  replaced: boolean
}

interface World {
  store: ObjectStore
  people: Person[]
  organizations: { id: string; admin: Person }[]
  shown: Shown[]
  /** People whose account was disabled once, which ended their keys and signed them out. */
  disabled: Set<Person>
}

const pick = <Item>(items: Item[], number: number): Item => items[number % items.length]!
const soon = () => new Date(Date.now() + 1500).toISOString()

async function grantAll({ operator, key }: ObjectStore, organizationId: string, expiresAt?: string) {
  const { services } = await operator.call(listServices, {})
  for (const { id: roleId } of services.find((service) => service.key === key)!.roles)
    await asSeen(operator).try(grantRole, { organizationId, roleId, reason, expiresAt })
}

/** Everything that gives or takes an S3 key. Many steps are refused, and then change nothing. */
const steps: Record<string, (world: World, one: number, other: number) => Promise<unknown>> = {
  async make({ store, people, shown }, one, other) {
    const person = pick(people, one)
    const ends = other % 4 === 0 && { expiresAt: soon() }
    const { code, body } = await person.try(createS3Key, { service: store.key, name: 'Laptop', ...ends })
    if (!code)
      shown.push({ person, keyId: body.id, accessKey: body.accessKey, secretKey: body.secret, replaced: false })
  },
  async remake(world, one) {
    const old = pick(world.shown, one)
    if (!old) return
    const { code, body } = await old.person.try(resetS3Secret, { keyId: old.keyId })
    if (code) return
    for (const each of world.shown) if (each.keyId === old.keyId) each.replaced = true
    world.shown.push({ ...old, secretKey: body.secret, replaced: false })
  },
  async drop({ shown }, one) {
    const key = pick(shown, one)
    return key?.person.try(deleteS3Key, { keyId: key.keyId })
  },
  async end({ shown }, one, other) {
    const key = pick(shown, one)
    return key?.person.try(setS3KeyEnd, { keyId: key.keyId, expiresAt: other % 2 ? soon() : null })
  },
  async join({ people, organizations }, one, other) {
    const { id: organizationId, admin } = pick(organizations, other)
    const { code, body } = await admin.try(createInvitation, { organizationId })
    return code ? undefined : pick(people, one).try(acceptInvitation, { code: body.code })
  },
  async leave({ people }, one) {
    const person = pick(people, one)
    const { code, body } = await person.try(getMe, {})
    const organizationId = code ? undefined : body.organization?.id
    return organizationId && person.try(leaveOrganization, { organizationId })
  },
  async remove({ people, organizations, disabled }, one) {
    const person = pick(people, one)
    if (disabled.has(person)) return
    const { organization } = await person.call(getMe, {})
    const here = organizations.find(({ id }) => id === organization?.id)
    if (here) await here.admin.try(removeMember, { organizationId: here.id, membershipId: await membershipOf(person) })
  },
  suspend: ({ store, organizations }, one) =>
    asSeen(store.operator).try(suspendOrganization, { organizationId: pick(organizations, one).id, reason }),
  reinstate: ({ store, organizations }, one) =>
    asSeen(store.operator).try(reinstateOrganization, { organizationId: pick(organizations, one).id, reason }),
  grant: ({ store, organizations }, one, other) =>
    grantAll(store, pick(organizations, one).id, other % 3 === 0 ? soon() : undefined),
  async revoke({ store, organizations }, one, other) {
    const organizationId = pick(organizations, one).id
    const { items } = await store.operator.call(listRoleAssignments, { organizationId })
    const assignment = items[other % Math.max(items.length, 1)]
    return assignment && store.operator.try(revokeRole, { organizationId, assignmentId: assignment.id, reason })
  },
  async disable({ store, people, disabled }, one, other) {
    if (other % 4 > 0) return
    const person = pick(people, one)
    const { code } = await asSeen(store.operator).try(disableAccount, { accountId: person.id, reason })
    if (!code) disabled.add(person)
  },
  async enable({ store, people, disabled }, one) {
    const person = pick(people, one)
    return disabled.has(person) && asSeen(store.operator).try(enableAccount, { accountId: person.id })
  },
}

/** The ids of the keys that a person may use now, as the entitlements and their own list say. */
async function usableKeys({ store, disabled }: World, person: Person): Promise<Set<string>> {
  const { entitlements } = await store.operator.call(getAccountEntitlements, { accountId: person.id })
  const usable = entitlements.some(({ service, usable }) => service.key === store.key && usable)
  if (!usable || disabled.has(person)) return new Set()
  const { services } = await person.call(listS3Keys, {})
  return new Set(services.find(({ service }) => service.key === store.key)?.keys.map(({ id }) => id))
}

const walk = fc.array(
  fc.tuple(
    fc.constantFrom(
      ...Object.keys(steps),
      ...['make', 'join', 'grant', 'reinstate'].flatMap((name) => Array(4).fill(name)),
    ),
    fc.nat(30),
    fc.nat(30),
  ),
  { minLength: 25, maxLength: 40 },
)

test(`${histories} random histories: once the workers rest, S3 lets in the keys that people may use, and no others`, async () => {
  let [letIn, refused] = [0, 0]
  await fc.assert(
    fc.asyncProperty(walk, async (chosen) => {
      const store = await objectStore(site)
      const second = await acceptedOrganization(site)
      await grantAll(store, second.id)
      const people = await Promise.all([1, 2, 3].map(() => site.person()))
      const organizations = [{ id: store.organizationId, admin: store.admin }, second]
      const world: World = { store, people, organizations, shown: [], disabled: new Set() }
      // Some requests fail, and half of those were carried out nevertheless.
      store.proxy.answer = () =>
        store.proxy.seen.length % 6 === 0
          ? { status: 503, body: '{"Code":"SlowDown"}', carriedOut: store.proxy.seen.length % 12 === 0 }
          : undefined
      const walk = async (part: typeof chosen) => {
        // So that there is something to lose.
        for (const one of [0, 1]) await steps.reinstate!(world, one, 1)
        for (const { id } of organizations) await grantAll(store, id)
        for (const one of [0, 1, 2]) await steps.join!(world, one, one)
        for (const one of [0, 1, 2]) await steps.make!(world, one, 1)
        for (const [name, one, other] of part) await steps[name]!(world, one, other)
      }
      await walk(chosen.slice(0, -5))
      await walk(chosen.slice(-5))
      // The near end dates have passed.
      const last = Date.now() + 1500
      await until(async () => Date.now() > last)
      await store.settled()
      const usable = new Map(await Promise.all(people.map(async (one) => [one, await usableKeys(world, one)] as const)))
      for (const { person, keyId, replaced, ...keys } of world.shown) {
        const may = usable.get(person)!.has(keyId) && !replaced
        const answer = await askS3('GET', '/', keys)
        expect(answer === 200, `${keyId}: ${answer}`).toBe(may)
        if (may) letIn++
        else refused++
      }
      await store.proxy.close()
    }),
    { numRuns: histories, endOnFailure: true },
  )
  console.log(`${histories} histories: ${letIn} times let in, ${refused} times refused`)
})
