import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import { changeFeedRoutes } from './connections/change-feed/routes'
import { connectedSystemRoutes } from './connections/connected-systems/routes'
import { connectionRoutes } from './connections/connection-settings/routes'
import { deliveryStatusRoutes } from './connections/delivery-status/routes'
import { connectorsFor } from './connections/kinds/connectors'
import { type Pace, usualPace } from './connections/ledger/delivery-rules'
import { LedgerWorker } from './connections/ledger/worker'
import { ledgerRowRoutes } from './connections/ledger-rows/routes'
import { openIdClientRoutes } from './connections/openid-clients/routes'
import { mountOpenId } from './connections/openid-provider/mount'
import { openIdSignInRoutes } from './connections/openid-sign-ins/routes'
import { questionRoutes } from './connections/questions/routes'
import { s3GatewayRoutes } from './connections/s3-gateways/routes'
import { s3KeyRoutes } from './connections/s3-keys/routes'
import { serviceKeyRoutes } from './connections/service-keys/routes'
import { webhookRoutes } from './connections/webhooks/routes'
import { accountRoutes } from './identity/accounts/routes'
import { createAuth } from './identity/authentication/auth'
import { type Hashing, usualHashing } from './identity/authentication/passwords'
import { providerId } from './identity/authentication/provider'
import { sessionRoutes } from './identity/authentication/routes'
import { passkeyRoutes } from './identity/passkeys/routes'
import { passwordRoutes } from './identity/passwords/routes'
import { secondFactorRoutes } from './identity/second-factors/routes'
import { signInMethodRoutes } from './identity/sign-in-methods/routes'
import { siteRoutes } from './identity/site/routes'
import { identityProviderRoutes } from './identity/upstream-provider/routes'
import { invitationRoutes } from './membership/invitations/routes'
import { ownAccountRoutes } from './membership/me/routes'
import { memberLimitRoutes } from './membership/member-limits/routes'
import { membershipRoutes } from './membership/memberships/routes'
import { organizationDetailsRoutes } from './membership/organization-details/routes'
import { organizationRoutes } from './membership/organizations/routes'
import { tokenRoutes } from './membership/tokens/routes'
import { downloadPlaces } from './messaging/events/export'
import { Feed } from './messaging/events/feed'
import { eventRoutes } from './messaging/events/routes'
import { streamPlaces, usualHeartbeat } from './messaging/events/stream'
import { mailRoutes } from './messaging/mails/routes'
import { MailWorker } from './messaging/mails/worker'
import { notificationRoutes } from './messaging/notifications/routes'
import { ReminderWorker } from './messaging/reminders/worker'
import { LastUsedTracker } from './platform/access/last-used'
import { Bulkhead } from './platform/bulkhead'
import type { Config } from './platform/config'
import type { Database } from './platform/db/database'
import { Problem } from './platform/errors'
import { ConcurrencyLimit } from './platform/http/concurrency-limit'
import { finishWhatIsInFlight } from './platform/http/connections'
import { describeApi, documentationRoutes } from './platform/http/documentation'
import type { Context, Route } from './platform/http/flow'
import { registerRoute } from './platform/http/register-route'
import { isScreen } from './platform/http/screens'
import { createServer, type Server } from './platform/http/server'
import { SessionOwners } from './platform/http/session-owners'
import { TokenLimits } from './platform/http/token-limits'
import { deriveKeys } from './platform/keys'
import { entitlementRoutes } from './roles/entitlements/routes'
import { roleAssignmentRoutes } from './roles/role-assignments/routes'
import { roleRequestRoutes } from './roles/role-requests/routes'
import { serviceRoutes } from './roles/services/routes'

export const routes: Route[] = [
  ...accountRoutes,
  ...ownAccountRoutes,
  ...passwordRoutes,
  ...sessionRoutes,
  ...secondFactorRoutes,
  ...passkeyRoutes,
  ...identityProviderRoutes,
  ...signInMethodRoutes,
  ...siteRoutes,
  ...organizationRoutes,
  ...organizationDetailsRoutes,
  ...memberLimitRoutes,
  ...membershipRoutes,
  ...invitationRoutes,
  ...tokenRoutes,
  ...serviceRoutes,
  ...serviceKeyRoutes,
  ...questionRoutes,
  ...changeFeedRoutes,
  ...connectionRoutes,
  ...webhookRoutes,
  ...s3GatewayRoutes,
  ...connectedSystemRoutes,
  ...openIdClientRoutes,
  ...openIdSignInRoutes,
  ...ledgerRowRoutes,
  ...s3KeyRoutes,
  ...deliveryStatusRoutes,
  ...roleRequestRoutes,
  ...roleAssignmentRoutes,
  ...entitlementRoutes,
  ...eventRoutes,
  ...notificationRoutes,
  ...mailRoutes,
  ...documentationRoutes,
]

/**
 * The number of requests that one process handles at once. A queue of this length delays an answer by half a second.
 */
const atOnce = 1000

/** The same limit for a single account. */
const atOnceOfOne = 100

/**
 * Builds the whole server on an open, migrated database. `portal` is the folder of the built portal, if there is one.
 */
export async function createApp(
  config: Config,
  db: Database,
  {
    portal,
    checkAnswers = false,
    heartbeat = usualHeartbeat,
    hashing = usualHashing,
    pace = usualPace,
  }: {
    portal?: string
    checkAnswers?: boolean
    heartbeat?: number
    hashing?: Hashing
    pace?: Pace
  } = {},
): Promise<Server> {
  const keys = deriveKeys(...config.secrets)
  const app = await createServer(config)
  const delivering = { db, keys, baseUrl: config.baseUrl, connectors: connectorsFor(config, { db, keys }), pace }
  const ledger = new LedgerWorker(delivering, app.log)
  const context: Context = {
    db,
    keys,
    auth: createAuth(db, keys, config, hashing),
    feed: new Feed(db),
    lastUsed: new LastUsedTracker(db),
    requests: new Bulkhead(atOnce, 0, 'overloaded'),
    requestsOfOne: new ConcurrencyLimit(atOnce, atOnceOfOne),
    sessionOwners: new SessionOwners(),
    programLimits: { token: new TokenLimits('token'), serviceKey: new TokenLimits('serviceKey') },
    streams: streamPlaces(),
    heartbeat,
    downloads: downloadPlaces(),
    ledger,
    delivering,
    log: app.log,
    openApi: () => app.swagger(),
    baseUrl: config.baseUrl,
    passwords: config.passwords,
    provider: config.provider?.name ?? null,
    mail: config.mail !== undefined,
    providerId: config.provider ? providerId(config.provider) : null,
  }
  finishWhatIsInFlight(app, context.requests)
  keepLedger(app, context, ledger)
  remind(app, context)
  if (config.mail) sendMails(app, context, { ...config, mail: config.mail })
  await describeApi(app)
  for (const route of routes) registerRoute(app, context, config, checkAnswers, route)
  await mountOpenId(app, context)
  if (portal && existsSync(portal)) await servePortal(app, portal)
  else app.setNotFoundHandler(() => Promise.reject(new Problem('not_found')))
  app.addHook('preClose', async () => {
    context.feed.stop()
    context.lastUsed.stop()
  })
  return app
}

/** The worker of the ledger runs in the server's process while the server listens. */
function keepLedger(app: Server, { feed }: Context, worker: LedgerWorker): void {
  feed.onNotify(() => worker.wake())
  app.addHook('onListen', async () => worker.start())
  app.addHook('onClose', () => worker.stop())
}

/** Reminders are sent by the server's process while the server listens. */
function remind(app: Server, { db, feed }: Context): void {
  const worker = new ReminderWorker(db, app.log, () => feed.notify())
  app.addHook('onListen', async () => worker.start())
  app.addHook('onClose', () => worker.stop())
}

/** The mail worker runs in the server's process while the server listens. */
function sendMails(
  app: Server,
  { db, keys, feed }: Context,
  config: ConstructorParameters<typeof MailWorker>[2],
): void {
  const worker = new MailWorker(db, keys, config, app.log)
  feed.onNotify(() => worker.wake())
  app.addHook('onListen', async () => worker.start())
  app.addHook('onClose', () => worker.stop())
}

/** Serves the portal's files. Any other address outside the API is one of the portal's screens. */
async function servePortal(app: Server, portal: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: portal,
    wildcard: false,
    cacheControl: false,
    // The build's compressed copies lie beside the originals and have no address of their own.
    preCompressed: true,
    globIgnore: ['**/*.{br,gz}'],
    setHeaders: (response, path) => {
      response.setHeader('vary', 'accept-encoding')
      // File names under assets/ contain a hash of the contents.
      const frozen = path.startsWith(join(portal, 'assets'))
      response.setHeader('cache-control', frozen ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  app.setNotFoundHandler(async (request, reply) => {
    if (!isScreen(request)) throw new Problem('not_found')
    return reply.header('cache-control', 'no-cache').sendFile('index.html')
  })
}
