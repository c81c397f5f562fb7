import { validate as isUuid } from 'uuid'
import { connectorsFor } from '../connections/kinds/connectors'
import { countsOfConnection } from '../connections/ledger/counts'
import { checkNow, type Delivering, outcomeForOperator, targetOf } from '../connections/ledger/deliveries'
import { usualPace } from '../connections/ledger/delivery-rules'
import { findConnection } from '../connections/ledger/delivery-store'
import { resync } from '../connections/ledger/enqueueing'
import { startNewEpoch } from '../connections/ledger/restoring'
import type { Config } from '../platform/config'
import type { Database } from '../platform/db/database'
import { sql } from '../platform/db/sql'
import type { Keys } from '../platform/keys'
import { formatMessage } from '../platform/messages/format-message'
import { t } from '../platform/messages/t'
import { CommandError } from './command-error'

interface ListedConnection {
  id: string
  service: string
  name: string
  kind: string
  enabled: boolean
  elsewhere: boolean
  problem: string | null
  held: number
  pending: number
  withheld: number
}

const findConnections = (db: Database, boundTo: string) =>
  db.rows<ListedConnection>(sql`
    select c.id, coalesce(s.key, '-') as service, c.name, c.kind, c.enabled, c.bound_to <> ${boundTo} as elsewhere, c.problem, c.withheld,
      n.held, n.pending
    from connections c left join services s on s.id = c.service_id cross join lateral (${countsOfConnection}) n
    where c.deleted_at is null order by s.key, c.id`)

/** The state of each connection, one per line. */
export async function connectionLines(db: Database, { baseUrl }: Pick<Config, 'baseUrl'>): Promise<string[]> {
  const connections = await findConnections(db, baseUrl)
  if (connections.length === 0) return [t('There are no connections.')]
  return connections.map(({ id, service, name, kind, held, pending, withheld, ...state }) => {
    const counts = [
      formatMessage('{count, plural, one {# account} other {# accounts}}', { count: held }),
      pending > 0
        ? formatMessage('{count, plural, one {# change pending} other {# changes pending}}', { count: pending })
        : '',
      withheld > 0
        ? formatMessage('{count, plural, one {# loss withheld} other {# losses withheld}}', { count: withheld })
        : '',
    ]
    return [id, service, kind, stateOf(state), ...counts.filter(Boolean), name].join('  ')
  })
}

function stateOf({ enabled, elsewhere, problem }: Pick<ListedConnection, 'enabled' | 'elsewhere' | 'problem'>): string {
  if (elsewhere) return t('belongs to another site')
  if (!enabled) return t('off')
  return problem ? t('failing ({problem})', { problem }) : t('on')
}

/** Compares the ledgers of one connection, or of all that are on, with the entitlements. Reports each as it is done. */
export async function resyncConnections(
  db: Database,
  { baseUrl }: Pick<Config, 'baseUrl'>,
  only: string | undefined,
  confirmLosses: number | undefined,
  report: (line: string) => void,
): Promise<void> {
  // Each connection withholds losses of its own.
  if (confirmLosses !== undefined && only === undefined)
    throw new CommandError(t('Name the connection whose losses you confirm.'))
  const connections = (await findConnections(db, baseUrl)).filter(({ id }) => only === undefined || id === only)
  if (only !== undefined && connections.length === 0) throw notFound(only)
  const on = connections.filter(({ enabled, elsewhere }) => enabled && !elsewhere)
  for (const [index, { id, service, name }] of on.entries()) {
    const confirmation = confirmLosses === undefined ? undefined : { losses: confirmLosses, by: null }
    const { changed } = await resync(db, baseUrl, id, confirmation)
    const progress = { done: String(index + 1), all: String(on.length), service, name }
    report(
      `${t('{done} of {all}  {service}  {name}:', progress)} ${formatMessage('{count, plural, =0 {nothing differed} one {# account differed} other {# accounts differed}}', { count: changed })}`,
    )
  }
  if (on.length === 0) report(t('No connection is on.'))
  for (const { id, service, name, withheld } of await findConnections(db, baseUrl))
    if (withheld > 0)
      report(
        formatMessage(
          '{count, plural, one {{service}  {name}: # loss that nothing explains is withheld.} other {{service}  {name}: # losses that nothing explains are withheld.}} If that is right, run: guildhall connections resync {id} --confirm-losses {number}',
          { count: withheld, number: String(withheld), id, service, name },
        ),
      )
}

/** Finds out whether a service can be reached and accepts us, and says how it ended. */
export async function tryConnection(db: Database, keys: Keys, config: Config, id: string): Promise<string> {
  const found = isUuid(id) ? await findConnection(db, id) : undefined
  if (!found) throw notFound(id)
  if (found.boundTo !== config.baseUrl) throw new CommandError(t('This connection belongs to another site.'))
  if (found.kind === 'pull')
    throw new CommandError(t('This service asks for its changes itself. There is nothing to check.'))
  const delivering: Delivering = {
    db,
    keys,
    baseUrl: config.baseUrl,
    connectors: connectorsFor(config, { db, keys }),
    pace: usualPace,
  }
  const { outcome, status, milliseconds, detail } = outcomeForOperator(
    await checkNow(delivering, targetOf({ keys }, found)),
  )
  return [outcome, detail, status, `${milliseconds} ms`].filter((part) => part !== null).join('  ')
}

/** Begins a new epoch on every connection, and says what will be applied again once it is on. */
export async function restoredConnections(db: Database): Promise<string[]> {
  const connections = await startNewEpoch(db)
  if (connections.length === 0) return [t('There are no connections.')]
  return [
    ...connections.map(({ service, name, accounts }) =>
      [
        service,
        formatMessage('{count, plural, one {# account} other {# accounts}}', { count: accounts }),
        t('off'),
        name,
      ].join('  '),
    ),
    t('Look at each connection in the portal, then switch it on. Everything is applied again, ends of access first.'),
  ]
}

const notFound = (id: string) =>
  new CommandError(t('There is no such connection: {id}. List them with: guildhall connections list', { id }))
