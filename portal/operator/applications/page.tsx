import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { t } from '../../../src/platform/messages/t'
import { servicesQuery } from '../../services'
import { DataTable } from '../../ui/data-table'
import { Page } from '../../ui/page'
import { Empty, Failed, Loading } from '../../ui/states'
import { ClientActions } from './client-actions'
import { clientColumns } from './columns'
import { openIdClientsQuery } from './queries'
import { RegisterDialog } from './register-dialog'
import { ClientSecretWindow, type ShownClient } from './secret-window'

/** The applications that people sign in to through this site. */
export function OperatorApplicationsPage() {
  const { data, error, refetch } = useQuery(openIdClientsQuery())
  const { data: catalogue } = useQuery(servicesQuery())
  const [registering, setRegistering] = useState(false)
  const [shown, setShown] = useState<ShownClient | null>(null)
  return (
    <Page
      title={t('Applications')}
      lead={t(
        'Services and other applications that people sign in to with their account on this site (OpenID Connect).',
      )}
      action={
        catalogue && (
          <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setRegistering(true)}>
            {t('Register application')}
          </Button>
        )
      }
    >
      {!data && (error ? <Failed problem={error} onRetry={refetch} /> : <Loading />)}
      {data?.clients.length === 0 && (
        <Empty title={t('No applications yet')}>
          {t('Register a service here, and people sign in to it without another password.')}
        </Empty>
      )}
      {data && data.clients.length > 0 && (
        <DataTable
          label={t('Applications')}
          columns={clientColumns()}
          rows={data.clients}
          actions={(client) => <ClientActions client={client} onSecret={setShown} />}
        />
      )}
      {registering && catalogue && (
        <RegisterDialog services={catalogue.services} onMade={setShown} onClose={() => setRegistering(false)} />
      )}
      {shown && !registering && <ClientSecretWindow client={shown} onClose={() => setShown(null)} />}
    </Page>
  )
}
