import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { mostServiceKeys, type ServiceKey } from '../../../src/connections/service-keys/schema'
import { isolated } from '../../../src/platform/input/isolated'
import { t } from '../../../src/platform/messages/t'
import { servicesQuery } from '../../services'
import { DataTable } from '../../ui/data-table'
import { TextLink } from '../../ui/link'
import { Page } from '../../ui/page'
import { SmallButton } from '../../ui/small-button'
import { Empty, Failed, Loading } from '../../ui/states'
import { CreateServiceKeyDialog, type MadeServiceKey } from './create-key-dialog'
import { EndServiceKeyDialog } from './end-key-dialog'
import { serviceKeyColumns } from './key-columns'
import { serviceKeysQuery } from './queries'
import { ServiceKeyWindow } from './service-key-window'

export function OperatorServiceKeysPage() {
  const { serviceKey } = useParams({ from: '/shell/operator/services/$serviceKey/keys' })
  const { data: catalogue } = useQuery(servicesQuery())
  const { data, error, refetch } = useQuery(serviceKeysQuery(serviceKey))
  const [creating, setCreating] = useState(false)
  const [ending, setEnding] = useState<ServiceKey | null>(null)
  const [made, setMade] = useState<MadeServiceKey | null>(null)
  const service = catalogue?.services.find(({ key }) => key === serviceKey)
  const full = data && data.keys.filter(({ expired }) => !expired).length >= mostServiceKeys
  return (
    <Page
      title={service ? t('Service keys of {service}', { service: isolated(service.name) }) : t('Service keys')}
      lead={<TextLink to="/operator/services">{t('All services')}</TextLink>}
      action={
        data &&
        service &&
        !service.retired &&
        !full && (
          <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setCreating(true)}>
            {t('Create service key')}
          </Button>
        )
      }
    >
      {!data && (error ? <Failed problem={error} onRetry={refetch} /> : <Loading />)}
      {data?.keys.length === 0 && (
        <Empty title={t('No service keys yet')}>
          {t('With a service key, the service can read who has access to it and what has changed.')}
        </Empty>
      )}
      {data && data.keys.length > 0 && (
        <DataTable
          label={t('Service keys')}
          columns={serviceKeyColumns()}
          rows={data.keys}
          actions={(item) => (
            <SmallButton aria-label={t('End {name}', { name: isolated(item.name) })} onClick={() => setEnding(item)}>
              {t('End')}
            </SmallButton>
          )}
        />
      )}
      {full && t('A service can have two keys. To create another one, end one of these first.')}
      {creating && (
        <CreateServiceKeyDialog serviceKey={serviceKey} onMade={setMade} onClose={() => setCreating(false)} />
      )}
      {ending && <EndServiceKeyDialog serviceKey={serviceKey} item={ending} onClose={() => setEnding(null)} />}
      {made && !creating && <ServiceKeyWindow made={made} onClose={() => setMade(null)} />}
    </Page>
  )
}
