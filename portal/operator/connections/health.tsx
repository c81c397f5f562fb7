import { Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { ConnectionItem } from '../../../src/connections/connection-settings/schema'
import { formatList, formatNumber } from '../../../src/platform/messages/intl'
import { message, t, translated } from '../../../src/platform/messages/t'
import { Detail } from '../../ui/detail'
import { Facts } from '../../ui/facts'
import { Message } from '../../ui/message'
import { Moment } from '../../ui/moment'
import { connectionKindTexts, isSystem, ofSystems } from './columns'
import { ConnectionState } from './connection-state'
import { modeLabel } from './mode-dialog'

const seconds = (number: number) =>
  t('{number} s', { number: formatNumber(number, { maximumFractionDigits: number < 10 ? 1 : 0 }) })

const heldTexts: Record<ConnectionItem['kind'], string> = {
  pull: message('Accounts with access'),
  webhook: message('Accounts with access'),
  s3: message('Accounts with S3 keys'),
  openid: message('Signed-in accounts'),
  ...ofSystems(message('Accounts with access')),
}

/** What there is to know about a connection as a whole. */
export function ConnectionHealth({ connection }: { connection: ConnectionItem }) {
  const { kind, url, gateway, held, failed, drifted, comparedAt } = connection
  /** Only a kind that looks into the service knows this. */
  const seen = (value: ReactNode) => (kind === 's3' || isSystem(kind) ? value : null)
  /** A service that asks for its changes is told nothing, and confirms nothing. */
  const told = (value: ReactNode, asking: ReactNode = null) => (kind === 'pull' ? asking : value)
  return (
    <Facts
      facts={[
        [t('Service'), connection.service?.name],
        [t('Kind'), translated(connectionKindTexts[kind])],
        [t('State'), <ConnectionState key="state" connection={connection} />],
        [t('Mode'), isSystem(kind) ? modeLabel(connection.mode) : null],
        [t('URL'), url],
        [t('Access key'), gateway?.accessKey],
        [translated(heldTexts[kind]), formatNumber(held)],
        [t('Pending'), told(<Pending key="pending" connection={connection} />)],
        [t('Failed'), told(formatNumber(failed))],
        [t('Drifted'), seen(formatNumber(drifted))],
        [t('Drift found in the last 30 days'), seen(formatNumber(connection.driftFound))],
        [t('End of access confirmed'), told(<TimeToProof key="proof" connection={connection} />)],
        [t('The service last asked'), told(null, <MaybeMoment key="asked" at={connection.askedAt} />)],
        [t('Not made by this site'), seen(<Strangers key="strangers" connection={connection} />)],
        [
          kind === 's3' ? t('Gateway users last listed') : t('Everyone there last listed'),
          seen(<MaybeMoment key="listed" at={connection.listedAt} />),
        ],
        [
          t('Every account looked at since'),
          seen(connection.oldestObservationAt && <Moment key="observed" at={connection.oldestObservationAt} />),
        ],
        [t('Last compared with everyone’s access'), <MaybeMoment key="compared" at={comparedAt} />],
      ]}
    />
  )
}

const MaybeMoment = ({ at }: { at: string | null }) => (at ? <Moment at={at} /> : <Text c="dimmed">{t('Never')}</Text>)

function Pending({ connection: { pending, oldestPendingAt } }: { connection: ConnectionItem }) {
  if (!oldestPendingAt) return formatNumber(pending)
  return (
    <Message
      text="{count}, the oldest since {time}"
      values={{ count: formatNumber(pending), time: <Moment at={oldestPendingAt} as="time" /> }}
    />
  )
}

function TimeToProof({ connection: { medianSecondsToProof, p95SecondsToProof } }: { connection: ConnectionItem }) {
  if (medianSecondsToProof === null || p95SecondsToProof === null)
    return <Text c="dimmed">{t('None in the last 30 days')}</Text>
  return t('after {median} (median), 95 % within {most}', {
    median: seconds(medianSecondsToProof),
    most: seconds(p95SecondsToProof),
  })
}

/** It is reported and left alone. */
function Strangers({ connection: { strangers } }: { connection: ConnectionItem }) {
  if (!strangers) return <Text c="dimmed">{t('Not known yet')}</Text>
  return (
    <>
      {formatNumber(strangers.count)}
      {strangers.names.length > 0 && (
        <Detail>
          {strangers.count > strangers.names.length
            ? t('{names} and more. It is left alone.', { names: strangers.names.join(', ') })
            : t('{names}. It is left alone.', { names: formatList(strangers.names) })}
        </Detail>
      )}
    </>
  )
}
