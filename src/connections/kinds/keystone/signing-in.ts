import { z } from 'zod'
import type { Outbound } from '../../outbound/outbound'
import { Refused, type UsedConnection } from '../connector'
import { restApi } from '../rest'
import { type KeystoneApi, keystoneApi } from './api'

const tokenAnswer = z.object({
  token: z.object({
    domain: z.object({ id: z.string() }).optional(),
    roles: z.array(z.object({ id: z.string(), name: z.string() })).optional(),
  }),
})

/** A chain of calls to Keystone, after signing in once. */
export interface Keystone {
  api: KeystoneApi
  /** The id of the domain that is written to. */
  domain: string
  /** Whether credentials of others can be listed and deleted. A domain administrator can only delete the people. */
  purges: boolean
  /** The id of a role. */
  roleNamed(name: string): Promise<string>
}

export async function signInToKeystone(
  outbound: Outbound,
  { settings, secrets }: UsedConnection,
  signal: AbortSignal,
): Promise<Keystone> {
  const { url, username, userDomain, domain, rights } = settings as Record<string, string>
  const user = { name: username, domain: { name: userDomain }, password: secrets()[0] }
  const purges = rights !== 'domain'
  const scope = purges ? { system: { all: true } } : { domain: { name: domain } }
  const auth = { identity: { methods: ['password'], password: { user } }, scope }
  const open = restApi(outbound, { base: url!, headers: {}, signal })
  const answer = await open({ method: 'POST', path: '/auth/tokens', body: { auth }, right: 'a role on this scope' })
  const header = answer.headers['x-subject-token']
  if (typeof header !== 'string') throw new Refused({ code: 'unexpected_answer', status: answer.status })
  const { token } = answer.read(tokenAnswer)
  const api = keystoneApi(restApi(outbound, { base: url!, headers: { 'x-auth-token': header }, signal }))
  return {
    ...{ api, purges },
    domain: token.domain?.id ?? (await idOfDomain(api, domain!)),
    // Only whoever may see the whole system may search for roles. One’s own are in the token, with those that they imply.
    async roleNamed(name) {
      const found = purges ? await api.rolesNamed(name) : (token.roles ?? []).filter((one) => one.name === name)
      if (!found[0]) throw new Refused({ code: 'role_unknown', answer: name })
      return found[0].id
    },
  }
}

async function idOfDomain(api: KeystoneApi, name: string): Promise<string> {
  const [found] = await api.domainsNamed(name)
  if (!found) throw new Refused({ code: 'domain_unknown', answer: name })
  return found.id
}
