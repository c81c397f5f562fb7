import { Group, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { ConnectionItem } from '../../../src/connections/connection-settings/schema'
import { t } from '../../../src/platform/messages/t'
import { Facts } from '../../ui/facts'
import { TextLink } from '../../ui/link'
import { Page, Section } from '../../ui/page'
import { Empty, Failed, Loading } from '../../ui/states'
import { ConnectionActions } from '../connections/connection-actions'
import { ConnectionState } from '../connections/connection-state'
import { connectionsQuery } from '../connections/queries'
import { DeliveryList } from './delivery-list'
import { WebhookActions } from './webhook-actions'

export function OperatorWebhookPage() {
  const { connectionId } = useParams({ from: '/shell/operator/connections/$connectionId' })
  const { data, error, refetch } = useQuery(connectionsQuery())
  const connection = data?.connections.find(({ id }) => id === connectionId)
  return (
    <Page
      title={connection?.name ?? t('Connection')}
      lead={<TextLink to="/operator/connections">{t('All connections')}</TextLink>}
    >
      {!data && (error ? <Failed problem={error} onRetry={refetch} /> : <Loading />)}
      {data && !connection && <Empty title={t('This connection doesn’t exist.')} />}
      {connection && <WebhookCard connection={connection} />}
      {connection?.kind === 'webhook' && (
        <Section
          title={t('Deliveries')}
          lead={t('The attempts of the last 30 days to tell the service, newest first.')}
        >
          <DeliveryList connectionId={connectionId} />
        </Section>
      )}
    </Page>
  )
}

function WebhookCard({ connection }: { connection: ConnectionItem }) {
  return (
    <Stack className="surface" gap="lg">
      <Facts
        facts={[
          [t('Service'), connection.service.name],
          [t('State'), <ConnectionState key="state" connection={connection} />],
          [t('URL'), connection.url],
        ]}
      />
      <Group gap="sm">
        {connection.kind === 'webhook' && <WebhookActions connection={connection} />}
        <ConnectionActions connection={connection} />
      </Group>
    </Stack>
  )
}
