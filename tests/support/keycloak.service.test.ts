import { existsSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningKeycloak, startKeycloak } from './keycloak'
import { administer, askForTokens, askKeycloak, type KeycloakAdmin } from './keycloak-admin'

// A real Keycloak: npm run test:services.

let keycloak: RunningKeycloak
let admin: KeycloakAdmin
let client: string
const password = 'a password for tests'
const secret = 'a secret for tests'

beforeAll(async () => {
  keycloak = await startKeycloak()
  admin = administer(keycloak)
  await admin.newRealm('reef')
  const settings = { secret, serviceAccountsEnabled: true, directAccessGrantsEnabled: true }
  client = await admin.newClient('reef', { clientId: 'guildhall', ...settings })
})

afterAll(() => keycloak?.stop())

const ourClient = { client_id: 'guildhall', client_secret: secret }
const signIn = (username: string) =>
  askForTokens(keycloak.url, 'reef', { ...ourClient, grant_type: 'password', scope: 'openid', username, password })

test('a person who was made signs in, and leaves their group again', async () => {
  const user = await admin.newUser('reef', 'ana', password)
  const group = await admin.newGroup('reef', 'reef-lab')
  await admin.join('reef', user, group)
  const tokens = await signIn('ana')
  expect(tokens).toMatchObject({ status: 200, body: { access_token: expect.any(String) } })
  const userinfo = `${keycloak.url}/realms/reef/protocol/openid-connect/userinfo`
  expect(await askKeycloak(userinfo, { token: tokens.body.access_token })).toMatchObject({
    status: 200,
    body: { sub: user, preferred_username: 'ana' },
  })
  const groupsOf = async () => (await admin.ask('GET', `/realms/reef/users/${user}/groups`)).body
  expect(await groupsOf()).toMatchObject([{ id: group, name: 'reef-lab' }])
  await admin.succeed('DELETE', `/realms/reef/users/${user}/groups/${group}`)
  expect(await groupsOf()).toEqual([])
})

test('a service account has the rights that it was given, and no others', async () => {
  const users = async () => {
    const { body } = await askForTokens(keycloak.url, 'reef', { ...ourClient, grant_type: 'client_credentials' })
    return (await askKeycloak(`${keycloak.url}/admin/realms/reef/users`, { token: body.access_token })).status
  }
  expect(await users()).toBe(403)
  await admin.allow('reef', client, ['query-users', 'view-users'])
  expect(await users()).toBe(200)
})

test('nothing is left running', async () => {
  const { pid, url } = keycloak
  expect(existsSync(`/proc/${pid}`)).toBe(true)
  await keycloak.stop()
  expect(existsSync(`/proc/${pid}`)).toBe(false)
  await expect(askKeycloak(`${url}/realms/reef`)).rejects.toThrow()
})
