import { Group, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import type { ConnectionItem } from '../../../src/connections/connection-settings/schema'
import { message, t, translated } from '../../../src/platform/messages/t'
import { DialogButton } from '../../ui/dialog-button'
import { TextLink } from '../../ui/link'
import { Page, Section } from '../../ui/page'
import { Empty, Failed, Loading } from '../../ui/states'
import { DeliveryList } from '../deliveries/delivery-list'
import { WebhookActions } from '../deliveries/webhook-actions'
import { CheckButton } from './check-button'
import { isSystem, ofSystems } from './columns'
import { ConnectionActions } from './connection-actions'
import { DeleteConnectionDialog } from './delete-connection-dialog'
import { GatewayActions } from './gateway-actions'
import { GatewayUsers } from './gateway-users'
import { ConnectionHealth } from './health'
import { LedgerRows } from './ledger-rows'
import { connectionsQuery } from './queries'
import { SetupSection } from './setup-section'
import { SystemActions } from './system-actions'
import { WithheldLosses } from './withheld-losses'

const aboutAccounts: Record<ConnectionItem['kind'], string> = {
  pull: message('What the service reads when it asks for changes, latest change first.'),
  webhook: message('Whether the service has what each person holds, latest change first.'),
  s3: message('Whether the service has what each person holds, latest change first.'),
  openid: message('Who is signed in, and whether the application was told of those who no longer are.'),
  ...ofSystems(message('Whether the system has what each person holds, latest change first.')),
}

/** One connection: its health, the accounts it is about, and what was sent. */
export function OperatorConnectionPage() {
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
      {connection && connection.withheld > 0 && <WithheldLosses connection={connection} />}
      {connection && isSystem(connection.kind) && !connection.everEnabled && <SetupSection connection={connection} />}
      {connection && <HealthCard connection={connection} />}
      {connection && (
        <Section title={t('Accounts')} lead={translated(aboutAccounts[connection.kind])}>
          <LedgerRows connection={connection} />
        </Section>
      )}
      {connection?.kind === 'webhook' && (
        <Section
          title={t('Deliveries')}
          anchor="deliveries"
          lead={t('The attempts of the last 30 days to tell the service, newest first.')}
        >
          <DeliveryList connectionId={connectionId} />
        </Section>
      )}
      {connection?.kind === 's3' && <GatewayUsers connectionId={connectionId} />}
    </Page>
  )
}

/** A system that was never on is checked as the first step below. */
const checked = ({ kind, everEnabled }: ConnectionItem) =>
  kind === 's3' || kind === 'openid' || (isSystem(kind) && everEnabled)

function HealthCard({ connection }: { connection: ConnectionItem }) {
  const navigate = useNavigate()
  return (
    <Stack className="surface" gap="lg">
      <ConnectionHealth connection={connection} />
      <Group gap="sm">
        {connection.kind === 'webhook' && <WebhookActions connection={connection} />}
        {checked(connection) && <CheckButton connection={connection} />}
        {connection.kind === 's3' && <GatewayActions connection={connection} />}
        {isSystem(connection.kind) && <SystemActions connection={connection} />}
        <ConnectionActions connection={connection} />
        {connection.kind !== 'openid' && (
          <DialogButton
            size="xs"
            c="var(--mantine-color-error)"
            style={{ borderColor: 'currentcolor' }}
            dialog={(onClose) => (
              <DeleteConnectionDialog
                connection={connection}
                onDeleted={() => void navigate({ to: '/operator/connections' })}
                onClose={onClose}
              />
            )}
          >
            {t('Delete')}
          </DialogButton>
        )}
      </Group>
    </Stack>
  )
}
