import { Text } from '@mantine/core'
import type { Delivery } from '../../../src/connections/webhooks/schema'
import { t } from '../../../src/platform/messages/t'
import type { Column } from '../../ui/data-table'
import { Detail } from '../../ui/detail'
import { Moment } from '../../ui/moment'
import { Person } from '../../ui/person'
import { Badge } from '../../ui/state-badge'
import { outcomeInWords } from '../connections/outcome-in-words'
import { durationInWords } from './duration-in-words'

export const deliveryColumns = (): Column<Delivery>[] => [
  { header: t('Time'), cell: ({ at }) => <Moment at={at} as="seconds" /> },
  {
    header: t('Account'),
    wide: true,
    cell: ({ accountId, person }) =>
      person ? (
        <Person account={person} />
      ) : (
        <Text c="dimmed">{accountId ? t('Deleted account') : t('None (test)')}</Text>
      ),
  },
  { header: t('Outcome'), cell: ({ outcome }) => <DeliveryOutcome outcome={outcome} /> },
  { header: t('HTTP status'), align: 'right', cell: ({ status }) => status },
  { header: t('Duration'), align: 'right', cell: ({ milliseconds }) => durationInWords(milliseconds) },
]

function DeliveryOutcome({ outcome }: { outcome: string }) {
  if (outcome === 'applied') return <Badge tone="green">{t('Delivered')}</Badge>
  return (
    <>
      <Badge tone="red">{t('Failed')}</Badge>
      <Detail maw="16rem" mt={4}>
        {outcomeInWords(outcome)}
      </Detail>
    </>
  )
}
