import { describe, expect, test } from 'vitest'
import { acceptedOrganization } from '../../../tests/support/organizations'
import { sharedSite } from '../../../tests/support/shared-site'
import type { Person } from '../../../tests/support/site'
import { createInvitation, revokeInvitation } from '../../membership/invitations/schema'
import { updateOwnAccount } from '../../membership/me/schema'
import { createOrganization } from '../../membership/organizations/schema'
import { accountHeader, type Endpoint } from './endpoint'

const site = sharedSite()

/** What the person's browser sends from a page that states its account. */
const from = (page: string, person: Person, endpoint: Endpoint, input?: object, path: string = endpoint.path) =>
  person.raw(endpoint.method, path, input && JSON.stringify(input), { [accountHeader]: page })

describe('a request that says whose page it comes from', () => {
  const form = { name: 'Coral Watch', country: 'PH', description: 'Counting corals from orbit.' }
  const renamed = { firstName: 'Anabel', lastName: 'Cruz', country: 'PH' }

  test('is done where that is who is signed in, as is one that says nothing', async () => {
    const ana = await site.person('Ana')
    expect(await from(ana.id, ana, updateOwnAccount, renamed)).toMatchObject({ status: 200 })
    expect(await ana.try(updateOwnAccount, { ...renamed, firstName: 'Anna' })).toMatchObject({ status: 200 })
  })

  test('is refused if another account is signed in, and nothing is done', async () => {
    const [ana, ben] = [await site.person('Ana'), await site.person('Ben')]
    const refused = { status: 409, code: 'signed_in_as_another' }
    for (const page of [ana.id, '', 'nobody', `${ben.id}, ${ana.id}`]) {
      expect(await from(page, ben, updateOwnAccount, renamed)).toMatchObject(refused)
      expect(await from(page, ben, createOrganization, form)).toMatchObject(refused)
    }
    const { body } = await ben.raw('GET', '/api/me')
    expect(body).toMatchObject({ account: { firstName: 'Ben' }, organization: null })
  })

  test('says so before anything about what it asks for, whatever the method', async () => {
    const { id: organizationId, admin: ana } = await acceptedOrganization(site)
    const ben = await site.person('Ben')
    const { id } = await ana.call(createInvitation, { organizationId })
    const path = revokeInvitation.path.replace('{organizationId}', organizationId).replace('{invitationId}', id)
    expect(await from(ana.id, ben, revokeInvitation, undefined, path)).toMatchObject({ code: 'signed_in_as_another' })
    expect(await from(ben.id, ben, revokeInvitation, undefined, path)).toMatchObject({ code: 'organization_not_found' })
  })

  test('is asked to sign in first if no one is signed in', async () => {
    const ana = await site.person('Ana')
    expect(await from(ana.id, site.anonymous, updateOwnAccount, renamed)).toMatchObject({ code: 'not_signed_in' })
  })
})
