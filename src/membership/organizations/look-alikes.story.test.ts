import { beforeAll, expect, test } from 'vitest'
import { details } from '../../../tests/support/organizations'
import { asSeen } from '../../../tests/support/seen'
import { sharedSite } from '../../../tests/support/shared-site'
import type { Person } from '../../../tests/support/site'
import { createOrganization, getOrganization, rejectOrganization } from './schema'

const site = sharedSite()
let operator: Person

beforeAll(async () => {
  operator = await site.person('Olga', { operator: true })
})

async function create(name: string) {
  const author = await site.person()
  const { id: organizationId } = await author.call(createOrganization, details(name))
  return { author, organizationId }
}
const lookAlikesOf = async (organizationId: string, by = operator) =>
  (await by.call(getOrganization, { organizationId })).lookAlikes.map(({ name }) => name)

test.each([
  ['Blue Reef', 'Вlue Reef'],
  ['Coral Watch', 'Ϲоrаl Wаtсh'],
  ['Orange Bay', '0range Bay'],
  ['Illumina Lab', 'lllumina Iab'],
  ['Modern Sea', 'Modem Sea'],
  ['Smørrebrød AS', 'Smorrebrod AS'],
  ['PACOCHA', 'РАСОСНА'],
  ['Kelp One', 'Kélp One'],
  ['Tide Org', 'T\u0456de ꓳrg'],
])('“%s” and “%s” are two organizations, and operators see that they look alike', async (name, other) => {
  const first = await create(name)
  const second = await create(other)
  expect(await lookAlikesOf(second.organizationId)).toEqual([name])
  expect(await lookAlikesOf(first.organizationId)).toEqual([other])
})

test('names that differ before the eyes are not said to look alike', async () => {
  for (const name of ['Sand Bank', 'Sand Banks', 'Sund Bank', 'Bank Sand']) {
    const { organizationId } = await create(name)
    expect(await lookAlikesOf(organizationId)).toEqual([])
  }
})

test('its members do not see this, and a rejected organization is no longer compared', async () => {
  const first = await create('Mangrove Trust')
  const second = await create('Mаngrove Trust')
  expect(await lookAlikesOf(second.organizationId, second.author)).toEqual([])
  expect(await lookAlikesOf(second.organizationId)).toEqual(['Mangrove Trust'])
  await asSeen(operator).call(rejectOrganization, { organizationId: first.organizationId, reason: 'No.' })
  expect(await lookAlikesOf(second.organizationId)).toEqual([])
})
