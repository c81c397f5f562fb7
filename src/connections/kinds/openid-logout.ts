import { randomUUID } from 'node:crypto'
import { importJWK, type JWK, SignJWT } from 'jose'
import type { Database } from '../../platform/db/database'
import { sql } from '../../platform/db/sql'
import type { Keys } from '../../platform/keys'
import { loadSigningKeys } from '../openid-keys/signing-keys'
import { liveSignIns } from '../openid-sign-ins/live'
import type { Outbound } from '../outbound/outbound'
import { applied, type Connector, type Outcome } from './connector'
import { outcomeOfStatus } from './http-status'

/** How long an application has to answer, in ms. */
const deadline = 10_000

/** For how long a logout token is valid, in seconds. */
const validFor = 120

export interface LogoutMeans {
  db: Database
  keys: Keys
  /** The issuer. */
  baseUrl: string
}

/**
 * Tells an application which sign-ins have ended (OpenID Connect Back-Channel Logout 1.0). There is nothing to tell of one
 * that begins: the application has asked for it.
 */
export const openIdLogout = (outbound: Outbound, means: LogoutMeans): Connector => ({
  async apply({ id: connectionId }, { accountId }, signal) {
    const { clientId, uri, ended } = await findEnded(means.db, connectionId, accountId)
    for (const signIn of ended) {
      const outcome = await send(outbound, means, { uri, clientId, accountId, sid: signIn.sid }, signal)
      if (outcome.code !== applied) return outcome
      await forget(means.db, clientId, signIn)
    }
    return { code: applied, ...(ended.length > 0 && { answer: `${ended.length}` }) }
  },

  async check({ id: connectionId }, signal) {
    const { clientId, uri } = await findEnded(means.db, connectionId, null)
    // Of a person who is not signed in there. An application may say that it does not know them.
    const unknown = { uri, clientId, accountId: randomUUID(), sid: randomUUID() }
    const outcome = await send(outbound, means, unknown, signal)
    return outcome.status === 400 ? { ...outcome, code: applied } : outcome
  },
})

interface EndedSignIn {
  sessionId: string
  sid: string | null
  /** As text, with all its digits. */
  signedInAt: string
}

interface Ended {
  clientId: string
  uri: string
  ended: EndedSignIn[]
}

const findEnded = (db: Database, connectionId: string, accountId: string | null) =>
  db.only<Ended>(sql`
    select c.id as "clientId", coalesce(c.backchannel_logout_uri, '') as uri, coalesce((
      select json_agg(json_build_object('sessionId', i.session_id, 'sid', i.sid, 'signedInAt', i.signed_in_at::text)) from openid_sign_ins i
      where i.client_id = c.id and i.account_id = ${accountId}::uuid and i.session_id not in (
        select l.session_id from (${liveSignIns(sql`i.client_id = (select client_id from connections where id = ${connectionId}) and i.account_id = ${accountId}::uuid`)}) l)
    ), '[]') as ended
    from connections k join openid_clients c on c.id = k.client_id where k.id = ${connectionId}`)

/** Unless the person has signed in again meanwhile: then the application has a sign-in whose end it was not told of. */
const forget = (db: Database, clientId: string, { sessionId, signedInAt }: EndedSignIn) =>
  db.rows(sql`
    delete from openid_sign_ins
    where client_id = ${clientId} and session_id = ${sessionId}::uuid and signed_in_at = ${signedInAt}::timestamptz`)

interface Logout {
  uri: string
  clientId: string
  accountId: string
  sid: string | null
}

async function send(outbound: Outbound, means: LogoutMeans, logout: Logout, signal: AbortSignal): Promise<Outcome> {
  const body = new URLSearchParams({ logout_token: await logoutToken(means, logout) }).toString()
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': 'Guildhall' }
  const received = await outbound({ url: logout.uri, method: 'POST', headers, body, deadline, signal })
  return 'code' in received ? { code: received.code } : outcomeOfStatus(received.status)
}

/** Each attempt has a token of its own: applications refuse one that they have seen. */
async function logoutToken({ db, keys, baseUrl }: LogoutMeans, { clientId, accountId, sid }: Logout): Promise<string> {
  const [signing] = (await loadSigningKeys(db, keys)).keys
  const { kid } = signing as JWK
  const events = { 'http://schemas.openid.net/event/backchannel-logout': {} }
  return new SignJWT({ events, ...(sid !== null && { sid }) })
    .setProtectedHeader({ alg: 'RS256', typ: 'logout+jwt', kid: kid! })
    .setIssuer(baseUrl)
    .setSubject(accountId)
    .setAudience(clientId)
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime(`${validFor}s`)
    .sign(await importJWK(signing as JWK, 'RS256'))
}
