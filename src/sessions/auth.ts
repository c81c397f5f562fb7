import { betterAuth } from 'better-auth'
import { Kysely, PostgresDialect } from 'kysely'
import { v7 as uuid } from 'uuid'
import type { Database } from '../db/database'
import { everyKey, type Keys, keyedHash, sameBytes } from '../keys'
import { boundedPasswords } from './passwords'

const timestamps = { createdAt: 'created_at', updatedAt: 'updated_at' }

/** Our names for Better Auth's tables and columns. */
export const authSchema = {
  user: {
    modelName: 'accounts',
    // Its required “name” is the first name, so that nothing is stored twice.
    fields: { name: 'first_name', emailVerified: 'email_verified', ...timestamps },
    additionalFields: {
      lastName: { type: 'string', required: true, fieldName: 'last_name' },
      country: { type: 'string', required: true },
    },
  },
  session: {
    modelName: 'sessions',
    fields: {
      userId: 'account_id',
      expiresAt: 'expires_at',
      ipAddress: 'ip_address',
      userAgent: 'user_agent',
      ...timestamps,
    },
    expiresIn: 7 * 24 * 60 * 60,
  },
  account: {
    modelName: 'credentials',
    fields: {
      userId: 'account_id',
      accountId: 'provider_account_id',
      providerId: 'provider_id',
      accessToken: 'access_token',
      refreshToken: 'refresh_token',
      idToken: 'id_token',
      accessTokenExpiresAt: 'access_token_expires_at',
      refreshTokenExpiresAt: 'refresh_token_expires_at',
      ...timestamps,
    },
  },
  verification: { modelName: 'verifications', fields: { expiresAt: 'expires_at', ...timestamps } },
} as const

export type Auth = ReturnType<typeof createAuth>

/**
 * Better Auth keeps passwords and makes sessions. Its own HTTP endpoints are not mounted: what people may call
 * are our endpoints, which check input as all others do.
 */
export function createAuth(db: Database, keys: Keys, baseUrl: string) {
  return betterAuth({
    ...authSchema,
    secrets: everyKey(keys).map(({ version, sessions }) => ({ version, value: sessions })),
    baseURL: baseUrl,
    telemetry: { enabled: false },
    logger: { disabled: true },
    database: {
      db: new Kysely<unknown>({ dialect: new PostgresDialect({ pool: db.pool as never }) }),
      type: 'postgres',
    },
    emailAndPassword: {
      enabled: true,
      minPasswordLength: 15,
      maxPasswordLength: 128,
      password: boundedPasswords(),
    },
    rateLimit: { enabled: false },
    advanced: {
      database: { generateId: () => uuid() },
      useSecureCookies: false,
      disableOriginCheck: true,
      cookies: {
        session_token: {
          name: cookieName(baseUrl),
          attributes: { httpOnly: true, sameSite: 'lax', path: '/', secure: baseUrl.startsWith('https:') },
        },
      },
    },
  })
}

/** The `__Host-` prefix makes browsers insist on https and on this very host. */
export function cookieName(baseUrl: string): string {
  return baseUrl.startsWith('https:') ? '__Host-guildhall_session' : 'guildhall_session'
}

/** The session token in Better Auth's cookie (`token.signature`), or an empty string where none of our secrets signed it. */
export function sessionOf(cookie: string | undefined, keys: Keys): string {
  const [token, signature, ...rest] = (cookie ?? '').split('.')
  if (!token || !signature || rest.length > 0) return ''
  const given = Buffer.from(signature, 'base64')
  return everyKey(keys).some(({ sessions }) => sameBytes(given, keyedHash(sessions, token))) ? token : ''
}

/** The value of the cookie of a session, signed with the newest secret: the only one that Better Auth signs with. */
export function signedSession(token: string, keys: Keys): string {
  return encodeURIComponent(`${token}.${keyedHash(keys.sessions, token).toString('base64')}`)
}
