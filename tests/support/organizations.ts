import { acceptInvitation, createInvitation } from '../../src/membership/invitations/schema'
import { getMe } from '../../src/membership/me/schema'
import { acceptOrganization, createOrganization } from '../../src/membership/organizations/schema'
import { asSeen } from './seen'
import type { Person, Site } from './site'

let organizations = 0

/** The details that a person enters. */
export const details = (name = `Organization ${++organizations}`) => ({
  name,
  country: 'PH',
  description: 'Counting corals from orbit.',
})

/** An organization accepted by an operator, with its first admin. */
export async function acceptedOrganization(site: Site, name?: string) {
  const admin = await site.person()
  const operator = await site.person('Olga', { operator: true })
  const { id } = await admin.call(createOrganization, details(name))
  await asSeen(operator).call(acceptOrganization, { organizationId: id })
  return { id, admin, operator }
}

/** A new person who joined through the admin's invitation. */
export async function newMember(
  site: Site,
  organizationId: string,
  by: Person,
  options: { grantsAdmin?: boolean } = {},
): Promise<Person> {
  const person = await site.person()
  const { code } = await by.call(createInvitation, { organizationId, ...options })
  await person.call(acceptInvitation, { code })
  return person
}

export async function membershipOf(person: Person): Promise<string> {
  const { organization } = await person.call(getMe, {})
  return organization!.mine!.membershipId
}

export async function isMember(person: Person): Promise<boolean> {
  return (await person.call(getMe, {})).organization !== null
}

/** Walks a list to its end, and returns the pages. */
export async function everyPage<Item>(
  page: (cursor: { cursor?: string }) => Promise<{ items: Item[]; next: string | null }>,
): Promise<Item[][]> {
  const pages: Item[][] = []
  let next: string | null = null
  do {
    const answer: { items: Item[]; next: string | null } = await page(next ? { cursor: next } : {})
    pages.push(answer.items)
    next = answer.next
  } while (next)
  return pages
}
