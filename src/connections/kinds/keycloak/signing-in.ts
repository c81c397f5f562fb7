import { decodeJwt } from 'jose'
import { z } from 'zod'
import type { Outbound } from '../../outbound/outbound'
import { Refused, type UsedConnection } from '../connector'
import { restApi } from '../rest'
import { type KeycloakApi, keycloakApi } from './api'

const tokenAnswer = z.object({ access_token: z.string() })

/** Signs in as the client's service account. The token is used for one chain of calls, and kept nowhere. */
export async function signInAt(
  outbound: Outbound,
  { settings, secrets }: UsedConnection,
  signal: AbortSignal,
): Promise<KeycloakApi> {
  const realm = encodeURIComponent(settings.realm!)
  const received = await outbound({
    url: `${settings.url}/realms/${realm}/protocol/openid-connect/token`,
    ...{ method: 'POST', signal },
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      ...{ client_id: settings.clientId!, client_secret: secrets()[0]! },
    }).toString(),
  })
  if ('code' in received) throw new Refused({ code: received.code })
  const { status, text } = received
  if (status === 404) throw new Refused({ code: 'realm_unknown', broken: true, status, answer: settings.realm! })
  // An unknown client, a wrong secret, or a client without a service account.
  if (status === 400 || status === 401) throw new Refused({ code: 'refused_by_service', broken: true, status })
  if (status !== 200) throw new Refused({ code: 'status_not_2xx', status })
  const { token, ownId } = readToken(text)
  const headers = { authorization: `Bearer ${token}` }
  return keycloakApi(restApi(outbound, { base: `${settings.url}/admin/realms/${realm}`, headers, signal }), ownId)
}

function readToken(text: string): { token: string; ownId: string } {
  try {
    const { access_token: token } = tokenAnswer.parse(JSON.parse(text))
    return { token, ownId: z.string().parse(decodeJwt(token).sub) }
  } catch {
    throw new Refused({ code: 'unexpected_answer', status: 200 })
  }
}
