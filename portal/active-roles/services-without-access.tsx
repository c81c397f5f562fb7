import { Text } from '@mantine/core'
import type { ServiceStatus } from '../../src/connections/delivery-status/schema'
import { t } from '../../src/platform/messages/t'
import { type Column, DataTable } from '../ui/data-table'
import { Message } from '../ui/message'
import { Moment } from '../ui/moment'
import { Section } from '../ui/page'
import { WhyNotButton } from './own-access'

/** The services of the catalogue on which the reader holds nothing. */
export function ServicesWithoutAccess(props: { services: ServiceStatus[]; onWhyNot: (status: ServiceStatus) => void }) {
  if (props.services.length === 0) return null
  return (
    <Section title={t('Other services')} lead={t('Services on which you hold no roles now.')}>
      <DataTable
        label={t('Other services')}
        columns={columns()}
        rows={props.services.map((status) => ({ ...status, id: status.service.key }))}
        actions={(status) => <WhyNotButton status={status} onWhyNot={props.onWhyNot} />}
      />
    </Section>
  )
}

const columns = (): Column<ServiceStatus & { id: string }>[] => [
  { header: t('Service'), cell: ({ service }) => <Text fw={600}>{service.name}</Text> },
  {
    header: t('Requested'),
    cell: ({ requestedAt }) =>
      requestedAt ? (
        <Message text="Waiting since {since}" values={{ since: <Moment at={requestedAt} as="day" /> }} />
      ) : (
        <Text c="dimmed">{t('Not requested')}</Text>
      ),
  },
]
