import { Group } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { t } from '../../../src/platform/messages/t'
import type { Service } from '../../../src/roles/services/schema'
import { servicesQuery } from '../../services'
import { DialogButton } from '../../ui/dialog-button'
import { Page } from '../../ui/page'
import { Empty, Failed, Loading } from '../../ui/states'
import { ExportButton } from './export-button'
import { ImportButton } from './import-button'
import { RetireServiceDialog } from './retire-service-dialog'
import { ServiceDialog } from './service-dialog'
import { ServiceSection } from './service-section'

export function OperatorServicesPage() {
  const { data, error, refetch } = useQuery(servicesQuery())
  const [editing, setEditing] = useState<string | null>(null)
  const [retiring, setRetiring] = useState<Service | null>(null)
  return (
    <Page
      title={t('Services and roles')}
      lead={t('What organizations can request. Organizations that hold a retired role keep it.')}
      action={
        <Group gap="sm">
          <ImportButton />
          <ExportButton />
          <DialogButton
            variant="filled"
            leftSection={<IconPlus size={18} aria-hidden />}
            dialog={(onClose) => data && <ServiceDialog catalogue={data} id={null} onClose={onClose} />}
          >
            {t('Add service')}
          </DialogButton>
        </Group>
      }
    >
      {!data && (error ? <Failed problem={error} onRetry={refetch} /> : <Loading />)}
      {data?.services.length === 0 && (
        <Empty title={t('No services yet')}>{t('Add a service, or import a catalogue file.')}</Empty>
      )}
      {data?.services.map((service) => (
        <ServiceSection
          key={service.id}
          service={service}
          onEdit={() => setEditing(service.id)}
          onRetire={() => setRetiring(service)}
        />
      ))}
      {data && editing && <ServiceDialog catalogue={data} id={editing} onClose={() => setEditing(null)} />}
      {retiring && (
        <RetireServiceDialog service={retiring} version={data?.version ?? 0} onClose={() => setRetiring(null)} />
      )}
    </Page>
  )
}
