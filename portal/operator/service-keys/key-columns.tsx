import { Stack, Text } from '@mantine/core'
import type { ServiceKey } from '../../../src/connections/service-keys/schema'
import { personName } from '../../../src/platform/input/names'
import { t } from '../../../src/platform/messages/t'
import type { Column } from '../../ui/data-table'
import { Detail } from '../../ui/detail'
import { Moment } from '../../ui/moment'
import { StateBadge } from '../../ui/state-badge'

export const serviceKeyColumns = (): Column<ServiceKey>[] => [
  { header: t('Name'), cell: ({ name }) => <Text fw={600}>{name}</Text> },
  { header: t('Begins with'), cell: ({ prefix }) => <Text ff="monospace">{`${prefix}…`}</Text> },
  {
    header: t('Created'),
    cell: ({ createdAt, createdBy }) => (
      <>
        <Moment at={createdAt} as="day" />
        <Detail>{personName(createdBy)}</Detail>
      </>
    ),
  },
  { header: t('Expires'), cell: (key) => <KeyExpiry serviceKey={key} /> },
  {
    header: t('Last used'),
    cell: ({ lastUsedAt }) => (lastUsedAt ? <Moment at={lastUsedAt} /> : <Text c="dimmed">{t('Never')}</Text>),
  },
]

function KeyExpiry({ serviceKey: { expired, expiresAt } }: { serviceKey: ServiceKey }) {
  return (
    <Stack gap={4} align="flex-start">
      {expired && <StateBadge state="expired" />}
      <Moment at={expiresAt} as="day" />
    </Stack>
  )
}
