import { kyselyAdapter } from '@better-auth/kysely-adapter'
import { passkey } from '@better-auth/passkey'
import { type BetterAuthOptions, betterAuth } from 'better-auth'
import { APIError } from 'better-auth/api'
import { genericOAuth, twoFactor } from 'better-auth/plugins'
import { Kysely, PostgresDialect } from 'kysely'
import { v7 as uuid } from 'uuid'
import { cookieName, cookiePrefix } from '../../platform/access/session-cookie'
import type { Config } from '../../platform/config'
import type { Database } from '../../platform/db/database'
import { everyKey, type Keys } from '../../platform/keys'
import { policies } from '../../platform/limits/policies'
import { withAddressEncoding } from './address-encoding-adapter'
import { withHashedTokens } from './hashed-tokens'
import { boundedPasswords, type Hashing } from './passwords'
import { providerConfig } from './provider'
import { validateProviderUser } from './provider-sign-in'
import { withRecoveryCodeRetry } from './recovery-code-adapter'
import { newRecoveryCodes } from './recovery-codes'
import { withSecurityStamps } from './security-stamp-adapter'
import { withTotpReplayGuard } from './totp-replay-adapter'

const timestamps = { createdAt: 'created_at', updatedAt: 'updated_at' }

/** A column that Better Auth compares and writes for us, and never returns. */
const ours = { required: false, input: false, returned: false } as const

/** Our names for Better Auth's tables and columns. */
export const authSchema = {
  user: {
    modelName: 'accounts',
    // Its required “name” is the first name, so that no value is stored twice.
    fields: { name: 'first_name', emailVerified: 'email_verified', ...timestamps },
    additionalFields: {
      lastName: { type: 'string', required: true, fieldName: 'last_name' },
      country: { type: 'string', required: true },
      disabledAt: { ...ours, type: 'date', fieldName: 'disabled_at' },
      securityStamp: { ...ours, type: 'string', fieldName: 'security_stamp' },
      providerUnlinkedAt: { ...ours, type: 'date', fieldName: 'provider_unlinked_at' },
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
    additionalFields: { method: { type: 'string', required: false, input: false } },
    // The upper bound of what the site's policy can allow; actor.ts applies the policy itself.
    expiresIn: 90 * 24 * 60 * 60,
    disableSessionRefresh: true,
    // Sensitive commands require a session that was authenticated recently; see `mustBeFresh`.
    freshAge: 0,
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
  verification: {
    modelName: 'verifications',
    fields: { expiresAt: 'expires_at', ...timestamps },
    storeIdentifier: 'hashed',
  },
} as const

/** Our additions to the columns of its plugins. */
const lastStep = {
  id: 'last-step',
  schema: {
    twoFactor: { modelName: 'two_factors', fields: { lastStep: { ...ours, type: 'number', fieldName: 'last_step' } } },
  },
} as const

/** Our names for the tables and columns of its plugins. */
const plugins = {
  twoFactor: {
    user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
    twoFactor: {
      modelName: 'two_factors',
      fields: {
        userId: 'account_id',
        backupCodes: 'backup_codes',
        failedVerificationCount: 'failed_verification_count',
        lockedUntil: 'locked_until',
      },
    },
  },
  passkey: {
    passkey: {
      modelName: 'passkeys',
      fields: {
        userId: 'account_id',
        publicKey: 'public_key',
        credentialID: 'credential_id',
        deviceType: 'device_type',
        backedUp: 'backed_up',
        createdAt: 'created_at',
      },
    },
  },
} as const

export type Auth = ReturnType<typeof createAuth>

/**
 * Better Auth keeps passwords, second factors and passkeys, and creates sessions. Its own HTTP endpoints are not
 * mounted: clients call our endpoints, which validate input as all others do.
 */
export function createAuth(
  db: Database,
  keys: Keys,
  { baseUrl, provider }: Pick<Config, 'baseUrl' | 'provider'>,
  hashing: Hashing,
) {
  const kysely = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: db as never }) })
  const adapter = kyselyAdapter(kysely, { type: 'postgres', transaction: true })
  const secure = baseUrl.startsWith('https:')
  return betterAuth({
    ...authSchema,
    user: { ...authSchema.user, validateUserInfo: validateProviderUser(db) },
    account: { ...authSchema.account, updateAccountOnSignIn: false },
    onAPIError: { errorURL: `${baseUrl}/sign-in` },
    appName: 'Guildhall',
    secrets: everyKey(keys).map(({ version, sessions }) => ({ version, value: sessions })),
    baseURL: baseUrl,
    telemetry: { enabled: false },
    logger: { disabled: true },
    database: (options: BetterAuthOptions) =>
      withAddressEncoding(
        withHashedTokens(withTotpReplayGuard(withRecoveryCodeRetry(withSecurityStamps(adapter(options), db), keys))),
      ),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      maxPasswordLength: 128,
      password: boundedPasswords(hashing),
    },
    plugins: [
      twoFactor({
        issuer: 'Guildhall',
        accountLockout: {
          maxFailedAttempts: policies.secondFactor.perAccount.tries,
          durationSeconds: policies.secondFactor.perAccount.seconds,
        },
        schema: plugins.twoFactor,
        allowPasswordless: true,
        backupCodeOptions: { customBackupCodesGenerate: newRecoveryCodes },
      }),
      lastStep,
      passkey({
        rpName: 'Guildhall',
        rpID: new URL(baseUrl).hostname,
        origin: baseUrl,
        schema: plugins.passkey,
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        // It requests user verification, but would accept a passkey without it. Here a passkey counts as two factors.
        registration: { afterVerification: ({ verification }) => mustBeVerified(verification.registrationInfo) },
        authentication: { afterVerification: ({ verification }) => mustBeVerified(verification.authenticationInfo) },
      }),
      ...(provider ? [genericOAuth({ config: [providerConfig(db, provider, baseUrl)] })] : []),
    ],
    databaseHooks: {
      // The provider's tokens are of no use after sign-in. What is not stored cannot be stolen.
      account: {
        create: { before: async () => ({ data: noTokens }) },
        update: { before: async () => ({ data: noTokens }) },
      },
      session: {
        create: {
          before: async (session, request) => ({ data: { ...session, method: methodOf(request?.path) } }),
        },
      },
    },
    rateLimit: { enabled: false },
    advanced: {
      database: { generateId: () => uuid() },
      useSecureCookies: false,
      disableOriginCheck: true,
      cookiePrefix: cookiePrefix(baseUrl),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/', secure },
      cookies: { session_token: { name: cookieName(baseUrl) } },
    },
  })
}

const noTokens = {
  accessToken: null,
  refreshToken: null,
  idToken: null,
  accessTokenExpiresAt: null,
  refreshTokenExpiresAt: null,
}

function mustBeVerified(info: { userVerified: boolean } | undefined): void {
  if (!info?.userVerified) throw new APIError('UNAUTHORIZED', { code: 'USER_NOT_VERIFIED' })
}

/** How a session was signed in, derived from the Better Auth endpoint that created it. */
function methodOf(path: string | undefined): string {
  if (path?.startsWith('/two-factor/')) return 'second_factor'
  if (path?.startsWith('/passkey/')) return 'passkey'
  if (path?.startsWith('/oauth2/') || path?.startsWith('/callback/')) return 'provider'
  return 'password'
}
