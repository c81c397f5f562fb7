import { setFlagsFromString } from 'node:v8'
import { createApp } from '../app'
import { usualPace } from '../connections/ledger/delivery-rules'
import { prepareSite } from '../identity/site/setup'
import { saveMailConfigured } from '../messaging/mails/store'
import type { Config } from '../platform/config'
import { openDatabase } from '../platform/db/open'
import { goOnAtLast } from '../platform/http/last-resort'
import type { Server } from '../platform/http/server'
import { deriveKeys } from '../platform/keys'
import { t } from '../platform/messages/t'
import { portalFolder } from './folders'
import { bringUpToDate } from './up-to-date'

/** The listen backlog. Beyond it, the system keeps clients waiting for seconds and then drops their connections. */
const backlog = 4096

/** How long remaining work may keep the process alive after the server has ended, in ms. */
const exitTimeoutMs = 10_000

/**
 * Runs the server until it is stopped. Requests in flight are then answered, also when the server stops because of an
 * error.
 */
export async function runServer(given: Config, checkAnswers: boolean, pace = usualPace): Promise<void> {
  const db = await openDatabase(given)
  let app: Server | undefined
  try {
    await bringUpToDate(db)
    await prepareSite(db, deriveKeys(...given.secrets), given.baseUrl)
    await saveMailConfigured(db, given.mail !== undefined)
    app = await createApp(given, db, { portal: portalFolder, checkAnswers, pace })
    await listen(app, given)
    goOnAtLast(app)
    // V8's default again: bin/guildhall.mjs lowers it to keep the heap small while the program starts.
    setFlagsFromString('--semi-space-growth-factor=2')
    const { setupLink } = await prepareSite(db, deriveKeys(...given.secrets), given.baseUrl)
    console.log(`\n  ${whereItIs(given)}`)
    if (setupLink)
      console.log(
        `\n  ${t('There is no operator yet. Open this link to set up the first one. It works once:')}\n  ${setupLink}`,
      )
    console.log('')
    await stopped()
  } finally {
    await app?.close()
    // A statement that is still running does not keep the process alive any longer.
    setTimeout(() => process.exit(), exitTimeoutMs).unref()
    await db.pool.end()
  }
}

const whereItIs = ({ baseUrl, databaseUrl, dataDir }: Config): string =>
  databaseUrl
    ? t('Guildhall is running at {address}', { address: baseUrl })
    : t('Guildhall is running at {address}, with its data in {folder}', { address: baseUrl, folder: dataDir })

/** The server prints its own address, so Fastify's line about it stays out of the log. */
async function listen(app: Server, { port, host, logLevel }: Config): Promise<void> {
  if (logLevel === 'info') app.log.level = 'warn'
  await app.listen({ port, host, backlog })
  if (logLevel === 'info') app.log.level = logLevel
}

/** Ctrl-C or SIGTERM. */
function stopped(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
  })
}
