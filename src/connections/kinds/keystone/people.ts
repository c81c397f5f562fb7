import type { Database } from '../../../platform/db/database'
import { type Desired, Refused } from '../connector'
import {
  findObject,
  forgetObject,
  type Place,
  type RemoteObject,
  rememberObject,
  renameObject,
} from '../remote-objects'
import type { KeystoneUser } from './api'
import type { Keystone } from './signing-in'

/** A user whose creation was not answered is known by its name, and has our mark if it was made. */
const unanswered = 'username:'

export async function findKnownUser(
  { api, domain }: Keystone,
  { externalId }: RemoteObject,
  accountId: string,
): Promise<KeystoneUser | null> {
  if (!externalId.startsWith(unanswered)) return api.findUser(externalId)
  const [named] = await api.usersNamed(accountId, domain)
  return named?.guildhall === accountId ? named : null
}

/** The person's user, which is made if none is known. Never one that merely has the name. */
export async function ensureKeystoneUser(
  db: Database,
  there: Keystone,
  place: Place,
  { person }: Desired,
): Promise<KeystoneUser> {
  const { api } = there
  const known = await findObject(db, place)
  const found = known && (await findKnownUser(there, known, place.accountId))
  const user = found ?? (await createKeystoneUser(db, there, place, known, person!))
  const { externalId } = (await findObject(db, place))!
  if (externalId !== user.id) await renameObject(db, place, externalId, user.id)
  const wanted = { enabled: true, ...describing(person!) }
  if (Object.entries(wanted).some(([name, value]) => user[name as keyof typeof wanted] !== value))
    await api.changeUser(user.id, wanted)
  return user
}

const describing = ({ email, firstName, lastName }: NonNullable<Desired['person']>) => ({
  ...{ email, description: `${firstName} ${lastName}`.trim() },
})

async function createKeystoneUser(
  db: Database,
  { api, domain }: Keystone,
  place: Place,
  gone: RemoteObject | undefined,
  person: NonNullable<Desired['person']>,
): Promise<KeystoneUser> {
  const { accountId } = place
  const ofName = async () => {
    const [named] = await api.usersNamed(accountId, domain)
    if (named && named.guildhall !== accountId) throw new Refused({ code: 'user_not_ours' })
    return named
  }
  const present = await ofName()
  if (gone) await forgetObject(db, place, gone.externalId)
  await rememberObject(db, place, unanswered + accountId)
  const made =
    present ??
    (await api.createUser({ name: accountId, domain_id: domain, guildhall: accountId, ...describing(person) })) ??
    // Another attempt made it.
    (await ofName())
  if (!made) throw new Refused({ code: 'user_missing' })
  return made
}
