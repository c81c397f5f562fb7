import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { queuedFor, whileHeld } from '../../../tests/support/held'
import { acceptedOrganization, details, newMember } from '../../../tests/support/organizations'
import { asSeen } from '../../../tests/support/seen'
import { sharedSite } from '../../../tests/support/shared-site'
import { type Person, policy } from '../../../tests/support/site'
import { getSiteSettings, setSitePolicy } from '../../identity/site/schema'
import { listOrganizationEvents } from '../../messaging/events/schema'
import { listNotifications } from '../../messaging/notifications/schema'
import { sql } from '../../platform/db/sql'
import { createOrganization, getOrganization, suspendOrganization } from '../organizations/schema'
import { decideIdentityChange, editOrganizationDetails, withdrawIdentityChange } from './schema'

const site = sharedSite()
let operator: Person
beforeAll(async () => {
  operator = await site.person('Olga', { operator: true })
})

const reason = 'Not the registered name.'
const policyOf = (identityChanges: 'tell' | 'accept') =>
  asSeen(operator).call(setSitePolicy, { ...policy, identityChanges })
const seen = (by: Person, organizationId: string) => by.call(getOrganization, { organizationId })
const kinds = async (organizationId: string) =>
  (await operator.call(listOrganizationEvents, { organizationId })).items.map(({ kind }) => kind)
const lastNotification = async (person: Person) => (await person.call(listNotifications, {})).items[0]?.kind

async function edit(
  by: Person,
  organizationId: string,
  change: Partial<ReturnType<typeof details>> & { taxId?: string },
) {
  const { status, body } = await by.try(getOrganization, { organizationId })
  const { name, country, description, address, city, postalCode, website, taxId, detailsVersion } = body
  const before = status === 200 ? { name, country, description, address, city, postalCode, website, taxId } : details()
  const version = status === 200 ? detailsVersion : 0
  return by.try(editOrganizationDetails, { organizationId, ...before, ...change, detailsVersion: version })
}

describe('if operators are notified', () => {
  beforeAll(() => policyOf('tell'))

  test('an admin edits the details of an accepted organization; no one else can, and in no other state', async () => {
    const { id, admin } = await acceptedOrganization(site)
    expect((await edit(admin, id, { description: 'Reefs and meadows.' })).body).toEqual({ waits: false })
    expect(await seen(admin, id)).toMatchObject({ description: 'Reefs and meadows.', detailsVersion: 2 })
    expect((await kinds(id))[0]).toBe('organization_details_changed')
    expect(await lastNotification(operator)).not.toBe('organization_details_changed')
    const member = await newMember(site, id, admin)
    expect(await edit(member, id, { country: 'ID' })).toMatchObject({ code: 'admin_privileges_needed' })
    await asSeen(operator).call(suspendOrganization, { organizationId: id, reason })
    expect(await edit(admin, id, { country: 'ID' })).toMatchObject({ code: 'organization_suspended' })
    const author = await site.person()
    const pending = await author.call(createOrganization, details())
    expect(await edit(author, pending.id, { country: 'ID' })).toMatchObject({ code: 'organization_not_accepted' })
  })

  test('a new name takes effect at once, frees the old one, and operators are notified; the same again changes nothing', async () => {
    const { id, admin } = await acceptedOrganization(site, 'Reef Watchers')
    await edit(admin, id, { name: 'Reef Wardens' })
    expect(await seen(admin, id)).toMatchObject({ name: 'Reef Wardens', identityChange: null })
    expect(await lastNotification(operator)).toBe('identity_changed')
    const before = await kinds(id)
    expect((await edit(admin, id, { name: 'Reef Wardens' })).status).toBe(200)
    expect(await kinds(id)).toEqual(before)
    await (await site.person()).call(createOrganization, details('Reef Watchers'))
    expect(await edit(admin, id, { name: 'reef watchers' })).toMatchObject({ code: 'organization_name_taken' })
  })

  test('concurrent changes by another admin are not overwritten', async () => {
    const { id, admin } = await acceptedOrganization(site)
    const { detailsVersion } = await seen(admin, id)
    await edit(admin, id, { description: 'First.' })
    const late = { organizationId: id, ...details(), detailsVersion }
    expect(await admin.try(editOrganizationDetails, late)).toMatchObject({ status: 409, code: 'changed_meanwhile' })
  })
})

describe('where an operator has to accept a new name or tax id', () => {
  beforeAll(() => policyOf('accept'))

  test('the old one holds until then, both are taken, and the rest holds at once', async () => {
    const { id, admin } = await acceptedOrganization(site, 'Kelp Watch')
    const answer = await edit(admin, id, { name: 'Kelp Wardens', taxId: 'PH-7', description: 'Kelp.' })
    expect(answer.body).toEqual({ waits: true })
    const { detailsVersion, ...waiting } = await seen(admin, id)
    expect(waiting).toMatchObject({
      name: 'Kelp Watch',
      taxId: '',
      description: 'Kelp.',
      identityChange: { name: 'Kelp Wardens', taxId: 'PH-7', by: { id: admin.id } },
      can: { withdrawIdentityChange: true, decideIdentityChange: false },
    })
    expect(await lastNotification(operator)).toBe('identity_change_requested')
    for (const name of ['kelp watch', 'KELP WARDENS']) {
      const refused = await (await site.person()).try(createOrganization, details(name))
      expect(refused).toMatchObject({ code: 'organization_name_taken' })
    }
    const decision = { organizationId: id, accept: true }
    const unseen = await operator.try(decideIdentityChange, { ...decision, detailsVersion: detailsVersion - 1 })
    expect(unseen).toMatchObject({ code: 'changed_meanwhile' })
    await operator.call(decideIdentityChange, { ...decision, detailsVersion })
    expect(await seen(admin, id)).toMatchObject({ name: 'Kelp Wardens', taxId: 'PH-7', identityChange: null })
    expect(await lastNotification(admin)).toBe('identity_change_accepted')
    await (await site.person()).call(createOrganization, details('Kelp Watch'))
    const again = await operator.try(decideIdentityChange, { ...decision, detailsVersion: detailsVersion + 1 })
    expect(again).toMatchObject({ status: 409, code: 'nothing_waits' })
  })

  test('a refusal has a reason and frees the new name; an admin withdraws, or wants the old one again', async () => {
    const { id, admin } = await acceptedOrganization(site)
    const { name } = await seen(admin, id)
    await edit(admin, id, { name: 'Sand Watch' })
    const version = async () => (await seen(admin, id)).detailsVersion
    const refuse = { organizationId: id, accept: false, detailsVersion: await version() }
    expect(await operator.try(decideIdentityChange, refuse)).toMatchObject({ code: 'invalid_input' })
    await operator.call(decideIdentityChange, { ...refuse, reason })
    expect(await seen(admin, id)).toMatchObject({ name, identityChange: null })
    expect(await lastNotification(admin)).toBe('identity_change_refused')
    await edit(admin, id, { name: 'Sand Watch' })
    await admin.call(withdrawIdentityChange, { organizationId: id, detailsVersion: await version() })
    await edit(admin, id, { name: 'Sand Watch' })
    await edit(admin, id, { name })
    expect((await seen(admin, id)).identityChange).toBeNull()
    expect((await kinds(id)).slice(0, 4)).toEqual([
      'identity_change_withdrawn',
      'identity_change_requested',
      'identity_change_withdrawn',
      'identity_change_requested',
    ])
    await (await site.person()).call(createOrganization, details('Sand Watch'))
  })
})

if (process.env.TEST_DATABASE === 'postgres') {
  describe('whether an operator has to accept it', () => {
    beforeEach(() => policyOf('tell'))

    test('is looked at once more when an edit has waited for the site', async () => {
      const { id, admin } = await acceptedOrganization(site)
      const { name } = await seen(admin, id)
      const editing = () => edit(admin, id, { name: 'Wanted While Waiting' })
      const accepting = { text: `update site set identity_changes = $1`, values: ['accept'] }
      expect(await whileHeld(site, 'site', editing, accepting, 'site')).toMatchObject({ body: { waits: true } })
      expect(await seen(admin, id)).toMatchObject({ name, identityChange: { name: 'Wanted While Waiting' } })
    })

    test('stays as it was decided on while an edit waits for its organization', async () => {
      const { id, admin } = await acceptedOrganization(site)
      const { policyVersion: version } = await operator.call(getSiteSettings, {})
      const answers = await queuedFor<{ status: number }>(
        site.db,
        id,
        [
          () => edit(admin, id, { name: 'Decided Before Waiting' }),
          () => operator.try(setSitePolicy, { ...policy, identityChanges: 'accept', version }),
        ],
        'organizations',
      )
      expect(answers).toMatchObject([{ status: 200, body: { waits: false } }, { status: 200 }])
      // In the other order, a name would have taken effect without approval after the setting required it.
      const lastEvents = await site.db.rows<{ kind: string }>(sql`
        select kind from events where kind in ('identity_changed', 'site_policy_changed') order by position desc limit 2`)
      expect(lastEvents.map(({ kind }) => kind)).toEqual(['site_policy_changed', 'identity_changed'])
    })
  })
}
