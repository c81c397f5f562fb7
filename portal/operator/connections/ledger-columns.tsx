import { Stack, Text } from '@mantine/core'
import type { ConnectionItem } from '../../../src/connections/connection-settings/schema'
import type { LedgerRowItem } from '../../../src/connections/ledger-rows/schema'
import { formatMessage } from '../../../src/platform/messages/format-message'
import { message, t, translated } from '../../../src/platform/messages/t'
import type { Column } from '../../ui/data-table'
import { Detail } from '../../ui/detail'
import { Message } from '../../ui/message'
import { Moment } from '../../ui/moment'
import { Person } from '../../ui/person'
import { Badge } from '../../ui/state-badge'
import { isSystem } from './columns'
import { outcomeInWords } from './outcome-in-words'

export const rowStateTexts: Record<LedgerRowItem['state'], string> = {
  pending: message('Pending'),
  applied: message('Applied'),
  failed: message('Failed'),
  drifted: message('Drifted'),
}

const tones = { pending: 'amber', applied: 'green', failed: 'red', drifted: 'amber' } as const

/** A service that asks for its changes is told nothing, so there is no state of telling it. */
export const ledgerColumns = (kind: ConnectionItem['kind']): Column<LedgerRowItem>[] => [
  { header: t('Account'), wide: true, cell: (row) => <Who row={row} /> },
  ...(kind === 'pull' ? [] : [{ header: t('State'), cell: (row: LedgerRowItem) => <RowState row={row} /> }]),
  { header: t('Access'), cell: (row) => <Wanted row={row} /> },
  kind === 'pull'
    ? { header: t('In the feed'), cell: ({ appliedAt }) => <InFeed at={appliedAt} /> }
    : { header: kind === 's3' || isSystem(kind) ? t('In the service') : t('Told'), cell: (row) => <Known row={row} /> },
]

const InFeed = ({ at }: { at: string | null }) =>
  at ? <Message text="Since {moment}" values={{ moment: <Moment at={at} as="seconds" /> }} /> : t('Not yet')

function Who({ row: { person, organization } }: { row: LedgerRowItem }) {
  return (
    <>
      {person ? <Person account={person} /> : <Text c="dimmed">{t('Deleted account')}</Text>}
      {organization && <Detail>{organization.name}</Detail>}
    </>
  )
}

function RowState({ row: { state, error, drift, attempts, nextAttemptAt } }: { row: LedgerRowItem }) {
  const reasons = error ? [error] : (drift ?? [])
  return (
    <Stack gap={4} align="flex-start">
      <Badge tone={tones[state]}>{translated(rowStateTexts[state])}</Badge>
      {reasons.map((code) => (
        <Detail key={code} maw="16rem">
          {outcomeInWords(code)}
        </Detail>
      ))}
      {attempts > 0 && (
        <Detail>
          {formatMessage('{attempts, plural, one {# failed attempt} other {# failed attempts}}', { attempts })}
        </Detail>
      )}
      {nextAttemptAt && Date.parse(nextAttemptAt) > Date.now() && (
        <Detail>
          <Message text="Next attempt {when}" values={{ when: <Moment at={nextAttemptAt} as="seconds" /> }} />
        </Detail>
      )}
    </Stack>
  )
}

function Wanted({ row: { held, desiredAt, s3Keys } }: { row: LedgerRowItem }) {
  return (
    <>
      {held ? t('Granted') : t('Ended')}
      <Detail>
        <Message text="Since {moment}" values={{ moment: <Moment at={desiredAt} as="seconds" /> }} />
      </Detail>
      {s3Keys > 0 && (
        <Detail>{formatMessage('{count, plural, one {# S3 key} other {# S3 keys}}', { count: s3Keys })}</Detail>
      )}
    </>
  )
}

/** What the service was told and has shown. */
function Known({ row: { appliedAt, observedAt, provedAt } }: { row: LedgerRowItem }) {
  const moments: [string, string | null][] = [
    [message('Applied {moment}'), appliedAt],
    [message('End confirmed {moment}'), provedAt],
    [message('Observed {moment}'), observedAt],
  ]
  const known = moments.filter(([, at]) => at !== null)
  if (known.length === 0) return <Text c="dimmed">{t('Not yet')}</Text>
  return known.map(([text, at]) => (
    <div key={text}>
      <Message text={text} values={{ moment: at && <Moment at={at} as="seconds" /> }} />
    </div>
  ))
}
