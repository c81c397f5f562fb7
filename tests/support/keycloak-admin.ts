import type { RunningKeycloak } from './keycloak'

// A small client of Keycloak's Admin API for tests, which sets realms up as an administrator would.

export interface KeycloakAnswer {
  status: number
  headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: tests look into what Keycloak answers.
  body: any
}

/** Sends a request; an object is sent as JSON, URLSearchParams as a form. */
export async function askKeycloak(
  address: string,
  { method = 'GET', token, body }: { method?: string; token?: string; body?: unknown } = {},
): Promise<KeycloakAnswer> {
  const isForm = body instanceof URLSearchParams
  const response = await fetch(address, {
    method,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    redirect: 'manual',
    signal: AbortSignal.timeout(30_000),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') && text !== ''
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text }
}

/** Asks the token endpoint of a realm. */
export const askForTokens = (url: string, realm: string, parameters: Record<string, string>): Promise<KeycloakAnswer> =>
  askKeycloak(`${url}/realms/${realm}/protocol/openid-connect/token`, {
    method: 'POST',
    body: new URLSearchParams(parameters),
  })

export type KeycloakAdmin = ReturnType<typeof administer>

export function administer({ url, admin }: RunningKeycloak) {
  /** Signs in for each request, because the token of `admin-cli` lives for a minute only. */
  async function ask(method: string, path: string, body?: unknown): Promise<KeycloakAnswer> {
    const { user, password } = admin
    const grant = { grant_type: 'password', client_id: 'admin-cli', username: user, password }
    const { body: tokens } = await askForTokens(url, 'master', grant)
    return askKeycloak(`${url}/admin${path}`, { method, token: tokens.access_token, body })
  }

  /** The body of an answer; throws if it is a refusal. */
  async function succeed(method: string, path: string, body?: unknown) {
    const answer = await ask(method, path, body)
    if (answer.status < 300) return answer
    throw new Error(`Keycloak answered ${answer.status} to ${method} ${path}: ${JSON.stringify(answer.body)}`)
  }

  /** Makes something and returns its id. */
  async function make(path: string, body: unknown): Promise<string> {
    const { headers } = await succeed('POST', path, body)
    return headers.get('location')!.split('/').at(-1)!
  }

  return {
    ask,
    succeed,
    newRealm: (realm: string, settings: object = {}) => make('/realms', { realm, enabled: true, ...settings }),
    /** The id, which is not the client id. */
    newClient: (realm: string, client: { clientId: string; [setting: string]: unknown }) =>
      make(`/realms/${realm}/clients`, client),
    /** A person who can sign in with this password and is asked for nothing more. */
    newUser: (realm: string, username: string, password: string, settings: object = {}) =>
      make(`/realms/${realm}/users`, {
        ...{ username, enabled: true, email: `${username}@example.org`, emailVerified: true },
        ...{ firstName: username, lastName: 'Test' },
        credentials: [{ type: 'password', value: password, temporary: false }],
        ...settings,
      }),
    newGroup: (realm: string, name: string) => make(`/realms/${realm}/groups`, { name }),
    join: (realm: string, user: string, group: string) =>
      succeed('PUT', `/realms/${realm}/users/${user}/groups/${group}`),
    /** Gives the service account of a client roles of the client `realm-management`, the rights of the Admin API. */
    async allow(realm: string, client: string, rights: string[]) {
      const { body: account } = await succeed('GET', `/realms/${realm}/clients/${client}/service-account-user`)
      const { body: found } = await succeed('GET', `/realms/${realm}/clients?clientId=realm-management`)
      const management = found[0].id
      const { body: roles } = await succeed('GET', `/realms/${realm}/clients/${management}/roles`)
      const given = roles.filter(({ name }: { name: string }) => rights.includes(name))
      await succeed('POST', `/realms/${realm}/users/${account.id}/role-mappings/clients/${management}`, given)
    },
  }
}
