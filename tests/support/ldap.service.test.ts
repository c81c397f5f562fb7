import { Attribute, Change, Client, ConstraintViolationError, InvalidCredentialsError } from 'ldapts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ldapTree, startLdap } from './ldap'

let ldap: Awaited<ReturnType<typeof startLdap>>
let client: Client
beforeAll(async () => {
  ldap = await startLdap()
  client = new Client({ url: ldap.url })
  await client.bind(ldap.admin.dn, ldap.admin.password)
})
afterAll(async () => {
  await client?.unbind()
  await ldap?.stop()
})

const dnOf = (uid: string) => `uid=${uid},${ldapTree.people}`
const person = (uid: string, uidNumber: number) => ({
  objectClass: ['inetOrgPerson', 'posixAccount'],
  ...{ uid, cn: uid, sn: uid, homeDirectory: `/home/${uid}`, userPassword: `secret of ${uid}` },
  ...{ uidNumber: String(uidNumber), gidNumber: '2000' },
})

test('a member has the group in memberOf until they are taken out', async () => {
  const group = `cn=readers,${ldapTree.groups}`
  await client.add(dnOf('anna'), person('anna', 2001))
  await client.add(dnOf('holder'), person('holder', 2002))
  await client.add(group, { objectClass: 'groupOfNames', cn: 'readers', member: [dnOf('holder'), dnOf('anna')] })
  const groupsOf = async (uid: string) => {
    const { searchEntries } = await client.search(dnOf(uid), { scope: 'base', attributes: ['memberOf'] })
    return searchEntries[0]!.memberOf
  }
  expect(await groupsOf('anna')).toBe(group)
  const member = new Attribute({ type: 'member', values: [dnOf('anna')] })
  await client.modify(group, new Change({ operation: 'delete', modification: member }))
  expect(await groupsOf('anna')).toEqual([])
})

test('a number that another person or a system account has is refused', async () => {
  await client.add(dnOf('bea'), person('bea', 2100))
  await expect(client.add(dnOf('carl'), person('carl', 2100))).rejects.toThrow(ConstraintViolationError)
  await expect(client.add(dnOf('root'), person('root', 0))).rejects.toThrow(ConstraintViolationError)
})

test('a locked person does not sign in', async () => {
  await client.add(dnOf('dora'), person('dora', 2200))
  const signIn = async () => {
    const own = new Client({ url: ldap.url })
    await own.bind(dnOf('dora'), 'secret of dora').finally(() => own.unbind())
  }
  await signIn()
  const locked = new Attribute({ type: 'pwdAccountLockedTime', values: ['000001010000Z'] })
  await client.modify(dnOf('dora'), new Change({ operation: 'add', modification: locked }))
  await expect(signIn()).rejects.toThrow(InvalidCredentialsError)
})
