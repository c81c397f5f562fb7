import { invalidInput, Problem } from '../../platform/errors'
import { type Route, serviceQuery } from '../../platform/http/flow'
import { t } from '../../platform/messages/t'
import { listChanges } from './schema'
import { type FeedFacts, loadChanges } from './store'

interface Position {
  /** The connection whose versions these are: each has its own. */
  connection: string
  /** An epoch begins when the database is restored, and ends all earlier cursors. */
  epoch: number
  version: number
  /** The oldest version when the reader began: it never knew of the rows that had been deleted by then. */
  begun: number
}

const cursorOf = ({ connection, epoch, version, begun }: Position): string =>
  [connection, epoch, version, begun].join('.')

function readPosition(after: string | undefined): Position | undefined {
  if (after === undefined) return undefined
  const [, connection, epoch, version, begun] = /^([0-9a-f-]{36})\.(\d{1,9})\.(\d{1,15})\.(\d{1,15})$/.exec(after) ?? []
  if (!connection)
    throw invalidInput('after', t('Not a cursor of this endpoint. Use the `cursor` of an earlier answer.'))
  return { connection, epoch: Number(epoch), version: Number(version), begun: Number(begun) }
}

/** Whether changes are missing after this position. */
function isExpired({ connection, epoch, version, begun }: Position, feed: NonNullable<FeedFacts['feed']>): boolean {
  if (connection !== feed.connection || epoch !== feed.epoch) return true
  // A version that was never drawn comes from a database that has since been restored to an earlier state.
  return version > feed.version || Math.max(version, begun) < feed.oldestVersion
}

export const changeFeedRoutes: Route[] = [
  serviceQuery(listChanges, {
    load: ({ db, credential, input, context }) =>
      loadChanges(db, credential, context.baseUrl, readPosition(input.after)?.version ?? 0, input.limit),
    answer: ({ feed, changes }, { after, limit }) => {
      if (!feed) throw new Problem('no_change_feed')
      const position = readPosition(after)
      if (position && isExpired(position, feed)) throw new Problem('cursor_expired')
      const items = changes.slice(0, limit)
      const version = items.at(-1)?.version ?? position?.version ?? feed.version
      const begun = position?.begun ?? feed.oldestVersion
      return { items, cursor: cursorOf({ ...feed, version, begun }), more: changes.length > limit }
    },
  }),
]
