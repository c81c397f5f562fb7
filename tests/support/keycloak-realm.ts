import { startKeycloak } from './keycloak'
import { administer, askForTokens } from './keycloak-admin'

export const password = 'a password for tests'
export const secret = 'a secret for tests'

/** A realm with a client for this site that may do what it needs, and an application that people sign in to. */
export async function startRealm(realm = 'reef') {
  const keycloak = await startKeycloak()
  const admin = administer(keycloak)
  const path = `/realms/${realm}`
  await admin.newRealm(realm)
  const settings = { secret, serviceAccountsEnabled: true, standardFlowEnabled: false }
  const client = await admin.newClient(realm, { clientId: 'guildhall', ...settings })
  await admin.allow(realm, client, ['manage-users'])
  await admin.newClient(realm, { clientId: 'app', secret, directAccessGrantsEnabled: true })
  const provider = { authorizationUrl: 'https://guildhall.test/a', tokenUrl: 'https://guildhall.test/t' }
  const config = { ...provider, clientId: 'realm', clientSecret: secret }
  const instance = { alias: 'portal', providerId: 'oidc', enabled: true, config }
  await admin.succeed('POST', `${path}/identity-provider/instances`, instance)

  const get = async (rest: string) => (await admin.succeed('GET', path + rest)).body
  const app = { client_id: 'app', client_secret: secret }
  const userNamed = async (username: string) => (await get(`/users?username=${username}&exact=true`))[0]

  return {
    ...{ keycloak, admin, realm, path, get, userNamed },
    stop: () => keycloak.stop(),

    /** The user of an account, whose name is its id, with the paths of the groups. */
    async userOf({ id }: { id: string }) {
      const user = await userNamed(id)
      if (!user) return undefined
      const groups = (await get(`/users/${user.id}/groups`)).map((group: { path: string }) => group.path)
      return { ...user, groups: groups.sort() }
    },

    /** The id of a group, or undefined. */
    async groupAt(groupPath: string): Promise<string | undefined> {
      const { status, body } = await admin.ask('GET', `${path}/group-by-path/${groupPath}`)
      return status === 200 ? body.id : undefined
    },

    /** Signs in with a session, and with an offline session; the tokens that go on working. */
    async signIn({ id }: { id: string }) {
      const user = await userNamed(id)
      const credentials = [{ type: 'password', value: password, temporary: false }]
      await admin.succeed('PUT', `${path}/users/${user.id}/reset-password`, credentials[0])
      const tokens = async (scope: string) => {
        const { body } = await askForTokens(keycloak.url, realm, {
          ...{ ...app, grant_type: 'password', username: id, password, scope },
        })
        return body.refresh_token as string
      }
      return [await tokens('openid'), await tokens('openid offline_access')]
    },

    /** How many of these refresh tokens still bring new ones. */
    async alive(refreshTokens: string[]) {
      const answers = await Promise.all(
        refreshTokens.map((refresh_token) =>
          askForTokens(keycloak.url, realm, { ...app, grant_type: 'refresh_token', refresh_token }),
        ),
      )
      return answers.filter(({ status }) => status === 200).length
    },

    /** What a person has there that has not ended. */
    async left({ id }: { id: string }) {
      const user = await userNamed(id)
      const [groups, sessions, consents] = await Promise.all(
        ['groups', 'sessions', 'consents'].map((what) => get(`/users/${user.id}/${what}`)),
      )
      return groups.length + sessions.length + consents.length
    },
  }
}

export type RunningRealm = Awaited<ReturnType<typeof startRealm>>
