import { invalidInput, Problem } from '../../platform/errors'
import { type Route, serviceQuery } from '../../platform/http/flow'
import { t } from '../../platform/messages/t'
import { listChanges } from './schema'
import { loadChanges } from './store'

/** `epoch.version`: an epoch begins when the database is restored, and ends all earlier cursors. */
function readPosition(after: string | undefined): { epoch: number; version: number } | undefined {
  if (after === undefined) return undefined
  const [, epoch, version] = /^(\d{1,9})\.(\d{1,15})$/.exec(after) ?? []
  if (!epoch) throw invalidInput('after', t('Not a cursor of this endpoint. Use the `cursor` of an earlier answer.'))
  return { epoch: Number(epoch), version: Number(version) }
}

export const changeFeedRoutes: Route[] = [
  serviceQuery(listChanges, {
    load: ({ db, credential, input, context }) =>
      loadChanges(db, credential, context.baseUrl, readPosition(input.after)?.version ?? 0, input.limit),
    answer: ({ feed, changes }, { after, limit }) => {
      if (!feed) throw new Problem('no_change_feed')
      const position = readPosition(after)
      // A version that was never drawn comes from a database that has since been restored to an earlier state.
      const missed = position && (position.epoch !== feed.epoch || position.version < feed.oldestVersion)
      if (missed || (position && position.version > feed.version)) throw new Problem('cursor_expired')
      const items = changes.slice(0, limit)
      const version = items.at(-1)?.version ?? position?.version ?? feed.version
      return { items, cursor: `${feed.epoch}.${version}`, more: changes.length > limit }
    },
  }),
]
