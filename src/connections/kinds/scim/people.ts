import { Refused } from '../connector'
import type { DesiredPerson } from '../person-of-change'
import type { Operation, ScimApi, ScimUser } from './api'

const fullName = ({ firstName, lastName, email }: DesiredPerson) => `${firstName} ${lastName}`.trim() || email
const emailsOf = ({ email }: DesiredPerson) => [{ value: email, type: 'work', primary: true }]

/** Servers write addresses in lower case, or not. */
export const alike = (one: string | null | undefined, other: string) => one?.toLowerCase() === other.toLowerCase()

const newUser = (accountId: string, person: DesiredPerson) => ({
  ...{ externalId: accountId, userName: person.email, displayName: fullName(person), active: true },
  name: {
    ...{ formatted: fullName(person) },
    ...(person.firstName && { givenName: person.firstName }),
    ...(person.lastName && { familyName: person.lastName }),
  },
  emails: emailsOf(person),
})

/** What has to change so that the user is this person. The name of the user follows the address; `externalId` never changes. */
export function changesToPerson(user: ScimUser, person: DesiredPerson): Operation[] {
  const named = (path: string, has: string | null | undefined, wanted: string): Operation[] => {
    if ((has ?? '') === wanted) return []
    return [wanted ? { op: 'replace', path, value: wanted } : { op: 'remove', path }]
  }
  return [
    ...(alike(user.userName, person.email) ? [] : named('userName', '', person.email)),
    ...named('displayName', user.displayName, fullName(person)),
    ...named('name.givenName', user.name?.givenName, person.firstName),
    ...named('name.familyName', user.name?.familyName, person.lastName),
    ...(user.emails?.some(({ value }) => alike(value, person.email))
      ? []
      : [{ op: 'replace', path: 'emails', value: emailsOf(person) } satisfies Operation]),
  ]
}

/**
 * The user of an account: by the id that is remembered, otherwise by `externalId`. Whatever a server answers with, only a user who
 * has our `externalId` is taken; one that was made by us may have lost it.
 */
export async function findOurs(scim: ScimApi, accountId: string, remembered: string): Promise<ScimUser | null> {
  const known = remembered === accountId ? null : await scim.findUser(remembered)
  if (known) {
    if (known.id !== remembered || (known.externalId ?? accountId) !== accountId)
      throw new Refused({ code: 'user_not_ours' })
    return known
  }
  const [ours = null, ...more] = (await scim.usersWith('externalId', accountId)).filter(
    ({ externalId }) => externalId === accountId,
  )
  if (more.length > 0) throw new Refused({ code: 'ambiguous' })
  return ours
}

/** One that exists by this name is somebody else's, since ours was looked for before. */
export async function createOurs(scim: ScimApi, accountId: string, person: DesiredPerson): Promise<ScimUser> {
  const named = await scim.usersWith('userName', person.email)
  if (named.some(({ userName }) => alike(userName, person.email))) throw new Refused({ code: 'user_not_ours' })
  const created = await scim.createUser(newUser(accountId, person))
  // Another attempt may have been faster.
  const ours = created ?? (await findOurs(scim, accountId, accountId))
  if (!ours || (ours.externalId ?? accountId) !== accountId) throw new Refused({ code: 'user_not_ours' })
  return ours
}

export async function updateOurs(scim: ScimApi, user: ScimUser, person: DesiredPerson): Promise<void> {
  const activating: Operation[] = user.active === true ? [] : [{ op: 'replace', path: 'active', value: true }]
  const operations = [...changesToPerson(user, person), ...activating]
  if (operations.length === 0) return
  // 409: the new address is the name of somebody else.
  if ((await scim.changeUser(user.id, operations, [409])) === 409) throw new Refused({ code: 'user_not_ours' })
}

export async function deactivate(scim: ScimApi, user: ScimUser): Promise<void> {
  if (user.active === false) return
  await scim.changeUser(user.id, [{ op: 'replace', path: 'active', value: false }], [404])
}
