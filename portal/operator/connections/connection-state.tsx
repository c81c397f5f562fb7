import type { ConnectionItem } from '../../../src/connections/connection-settings/schema'
import { t } from '../../../src/platform/messages/t'
import { Detail } from '../../ui/detail'
import { Message } from '../../ui/message'
import { Moment } from '../../ui/moment'
import { Badge } from '../../ui/state-badge'
import { outcomeInWords } from './outcome-in-words'

/** The state of a connection in one badge, and what is behind it. */
export function ConnectionState({ connection }: { connection: ConnectionItem }) {
  const { enabled, elsewhere, pausedUntil } = connection
  if (elsewhere) return <Badge tone="grey">{t('Belongs to another site')}</Badge>
  if (connection.endingSince)
    return (
      <>
        <Badge tone="amber">{t('Being deleted')}</Badge>
        <Detail mt={4}>
          <Message
            text="Since {moment}, all access is being taken back."
            values={{ moment: <Moment at={connection.endingSince} as="seconds" /> }}
          />
        </Detail>
        <Trouble connection={connection} />
      </>
    )
  if (!enabled) return <Badge tone="grey">{t('Off')}</Badge>
  if (pausedUntil)
    return (
      <>
        <Badge tone="amber">{t('Paused')}</Badge>
        <Detail mt={4}>
          <Message text="Next attempt {when}" values={{ when: <Moment at={pausedUntil} as="seconds" /> }} />
        </Detail>
        <Trouble connection={connection} />
      </>
    )
  if (!connection.problem) return <Badge tone="green">{t('On')}</Badge>
  return (
    <>
      <Badge tone="red">{t('Failing')}</Badge>
      <Trouble connection={connection} />
    </>
  )
}

function Trouble({ connection: { problem, failingSince } }: { connection: ConnectionItem }) {
  if (!problem) return null
  return (
    <>
      <Detail mt={4}>{outcomeInWords(problem)}</Detail>
      {failingSince && (
        <Detail>
          <Message text="Since {moment}" values={{ moment: <Moment at={failingSince} as="seconds" /> }} />
        </Detail>
      )}
    </>
  )
}
