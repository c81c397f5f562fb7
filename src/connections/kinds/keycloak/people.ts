import type { Database } from '../../../platform/db/database'
import { type Desired, Refused } from '../connector'
import { findObject, forgetObject, type RemoteObject, rememberObject, renameObject } from '../remote-objects'
import type { KeycloakApi, KeycloakUser, Link } from './api'

/** A user that this site made, or one that was there already and signs in as the person's account. */
type Kind = 'user' | 'adopted'

/** What is known of a person's user. */
export interface Known extends RemoteObject {
  kind: Kind
}

export interface Whose {
  connectionId: string
  accountId: string
}

/** A user whose creation was not answered is known by its name. */
const unanswered = 'username:'

export async function recall(db: Database, whose: Whose): Promise<Known | null> {
  for (const kind of ['user', 'adopted'] as const) {
    const object = await findObject(db, { ...whose, kind })
    if (object) return { ...object, kind }
  }
  return null
}

export const findKnown = (keycloak: KeycloakApi, { externalId }: Known): Promise<KeycloakUser | null> =>
  externalId.startsWith(unanswered)
    ? keycloak.findByName(externalId.slice(unanswered.length))
    : keycloak.findUser(externalId)

export const identityOf = (provider: string, accountId: string): Link => ({
  ...{ identityProvider: provider, userId: accountId, userName: accountId },
})

interface Finding {
  db: Database
  keycloak: KeycloakApi
  /** The alias of this site, if people sign in with it. */
  provider: string | undefined
}

/** The person's user, which is made or adopted if none is known. Never one that merely has the name. */
export async function ensureUser(finding: Finding, whose: Whose, { person }: Desired): Promise<KeycloakUser> {
  const { db, keycloak, provider } = finding
  const linked = provider ? await keycloak.findLinked(provider, whose.accountId) : []
  const known = await recall(db, whose)
  const user = known && (await findKnown(keycloak, known))
  const [other, ...more] = linked.filter(({ id }) => id !== user?.id)
  if (more.length > 0 || (other && user)) throw new Refused({ code: 'ambiguous' })
  if (user) {
    await renameObject(db, { ...whose, kind: known.kind }, known.externalId, user.id)
    return user
  }
  if (other) {
    if (known) await forgetObject(db, { ...whose, kind: known.kind }, known.externalId)
    await rememberObject(db, { ...whose, kind: 'adopted' }, other.id)
    return other
  }
  return createUser(finding, whose, person!, known)
}

async function createUser(
  { db, keycloak, provider }: Finding,
  whose: Whose,
  person: NonNullable<Desired['person']>,
  gone: Known | null,
): Promise<KeycloakUser> {
  const { accountId } = whose
  if (await keycloak.findByName(accountId)) throw new Refused({ code: 'user_not_ours' })
  if (gone) await forgetObject(db, { ...whose, kind: gone.kind }, gone.externalId)
  const place = { ...whose, kind: 'user' }
  const name = unanswered + accountId
  await rememberObject(db, place, name)
  const links = provider ? { federatedIdentities: [identityOf(provider, accountId)] } : {}
  const id = await keycloak.createUser({ username: accountId, enabled: true, ...person, ...links })
  if (id === 'refused') {
    await forgetObject(db, place, name)
    throw new Refused({ code: 'person_refused' })
  }
  // Another attempt may have made it. Otherwise another user has the address.
  const made = id === 'taken' ? await keycloak.findByName(accountId) : await keycloak.findUser(id)
  if (!made) {
    await forgetObject(db, place, name)
    throw new Refused({ code: id === 'taken' ? 'user_not_ours' : 'user_missing' })
  }
  await renameObject(db, place, name, made.id)
  return made
}

/** What differs of a person's name and address; null if nothing does. Keycloak keeps addresses in small letters. */
export function changeOf(user: KeycloakUser, person: NonNullable<Desired['person']>) {
  const sameAddress = user.email?.toLowerCase() === person.email.toLowerCase()
  const wanted = {
    firstName: person.firstName,
    lastName: person.lastName,
    ...(sameAddress ? {} : { email: person.email }),
    // What Keycloak has confirmed itself stays confirmed.
    emailVerified: person.emailVerified || (sameAddress && user.emailVerified === true),
  }
  // An empty name is left out there.
  return Object.entries(wanted).every(([name, value]) => (user[name] ?? '') === value) ? null : wanted
}
