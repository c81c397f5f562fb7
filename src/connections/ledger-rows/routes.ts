import { toPage } from '../../platform/db/page'
import { Problem } from '../../platform/errors'
import { command, done, query, type Route } from '../../platform/http/flow'
import { mustBeConnection } from '../connection-settings/rules'
import { loadConnection } from '../connection-settings/store'
import { kindsThat } from '../ledger/deliveries'
import { listLedgerRows, observeConnection, retryConnection } from './schema'
import { loadLedgerRows, saveLedgerObservation, saveLedgerRetry } from './store'

export const ledgerRowRoutes: Route[] = [
  query(listLedgerRows, {
    load: ({ db, credential, input }) => loadLedgerRows(db, credential, input),
    answer: ({ exists, rows }, { limit }) => {
      mustBeConnection(exists)
      return toPage(rows, limit)
    },
  }),

  command(retryConnection, {
    load: ({ db, credential, input }) => loadConnection(db, credential, input.connectionId),
    decide: ({ actor, connection }, { connectionId, accountId }) => {
      mustBeConnection(connection)
      return { actor, connectionId, accountId }
    },
    save: (db, { actor, connectionId, accountId }) => saveLedgerRetry(db, actor, connectionId, accountId),
    answer: done,
  }),

  command(observeConnection, {
    load: ({ db, credential, input }) => loadConnection(db, credential, input.connectionId),
    decide: ({ actor, connection }, { connectionId, accountId }, { delivering }) => {
      const { kind } = mustBeConnection(connection)
      if (!kindsThat(delivering.connectors, 'observe').includes(kind)) throw new Problem('connection_not_observable')
      return { actor, connectionId, accountId }
    },
    save: (db, { actor, connectionId, accountId }) => saveLedgerObservation(db, actor, connectionId, accountId),
    answer: done,
  }),
]
