import { Button, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { t } from '../../../src/platform/messages/t'
import { servicesQuery } from '../../services'
import { DataTable } from '../../ui/data-table'
import { TextLink } from '../../ui/link'
import { Message } from '../../ui/message'
import { Page } from '../../ui/page'
import { Empty, Failed, Loading } from '../../ui/states'
import { connectionColumns } from './columns'
import { ConnectionRowActions } from './connection-actions'
import { NewConnectionDialog } from './new-connection-dialog'
import { connectionsQuery } from './queries'
import { WebhookSecretWindow } from './webhook-secret-window'
import { WithheldLosses } from './withheld-losses'

export function OperatorConnectionsPage() {
  const { data, error, refetch } = useQuery(connectionsQuery())
  const { data: catalogue } = useQuery(servicesQuery())
  const [creating, setCreating] = useState(false)
  const [secret, setSecret] = useState<string | null>(null)
  const connections = data?.connections ?? []
  const services = (catalogue?.services ?? []).filter(({ retired }) => !retired)
  const noService = catalogue !== undefined && services.length === 0
  return (
    <Page
      title={t('Connections')}
      lead={t('How services learn who has access to them, and when that changes.')}
      action={
        !noService && (
          <Button
            leftSection={<IconPlus size={18} aria-hidden />}
            disabled={!catalogue}
            onClick={() => setCreating(true)}
          >
            {t('New connection')}
          </Button>
        )
      }
    >
      {!data && (error ? <Failed problem={error} onRetry={refetch} /> : <Loading />)}
      {data && connections.length === 0 && (
        <Empty title={t('No connections yet')}>
          {t(
            'A connection tells a service who gets and who loses access to it, as soon as it happens. Create one for each service that should be kept up to date.',
          )}
        </Empty>
      )}
      {noService && (
        <Text>
          <Message
            text="Each connection belongs to a service. Add a service first, under {link}."
            values={{ link: <TextLink to="/operator/services">{t('Services and roles')}</TextLink> }}
          />
        </Text>
      )}
      {connections
        .filter(({ withheld }) => withheld > 0)
        .map((connection) => (
          <WithheldLosses key={connection.id} connection={connection} />
        ))}
      {connections.length > 0 && (
        <DataTable
          label={t('Connections')}
          columns={connectionColumns()}
          rows={connections}
          actions={(connection) => <ConnectionRowActions connection={connection} />}
        />
      )}
      {creating && <NewConnectionDialog services={services} onSecret={setSecret} onClose={() => setCreating(false)} />}
      {secret && !creating && <WebhookSecretWindow secret={secret} onClose={() => setSecret(null)} />}
    </Page>
  )
}
