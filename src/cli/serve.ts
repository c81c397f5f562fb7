import { setFlagsFromString } from 'node:v8'
import { createApp } from '../app'
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

/** Connections that wait to be taken. Beyond it, the system lets people wait for seconds and then breaks them off. */
const backlog = 4096

/** How long what is left when the server has ended may keep the process, in ms. */
const lastWords = 10_000

/** Runs the server until it is told to stop. What is in flight then is answered; so it is where the server has to end by itself. */
export async function runServer(given: Config, checkAnswers: boolean): Promise<void> {
  const db = await openDatabase(given)
  let app: Server | undefined
  try {
    await bringUpToDate(db)
    await prepareSite(db, deriveKeys(...given.secrets), given.baseUrl)
    await saveMailConfigured(db, given.mail !== undefined)
    app = await createApp(given, db, { portal: portalFolder, checkAnswers })
    await listen(app, given)
    goOnAtLast(app)
    // As it is without bin/guildhall.mjs, which holds the heap small while the program starts.
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
    // A statement that still runs does not keep the process for longer.
    setTimeout(() => process.exit(), lastWords).unref()
    await db.pool.end()
  }
}

const whereItIs = ({ baseUrl, databaseUrl, dataDir }: Config): string =>
  databaseUrl
    ? t('Guildhall is running at {address}', { address: baseUrl })
    : t('Guildhall is running at {address}, with its data in {folder}', { address: baseUrl, folder: dataDir })

/** The server prints its address itself, so Fastify's own line about it stays out of the log. */
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
