import { Button, Group } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Service } from '../../../src/roles/services/schema'
import { servicesQuery } from '../../roles/queries'
import { Page } from '../../ui/page'
import { Empty, Failed, Loading } from '../../ui/states'
import { ExportButton } from './export-button'
import { ImportButton } from './import-button'
import { RetireServiceDialog } from './retire-service-dialog'
import { ServiceDialog } from './service-dialog'
import { ServiceSection } from './service-section'

export function OperatorServicesPage() {
  const { data, error, refetch } = useQuery(servicesQuery())
  const [adding, setAdding] = useState(false)
  const [editing, setEditing] = useState<string | null>(null)
  const [retiring, setRetiring] = useState<Service | null>(null)
  return (
    <Page
      title="Services and roles"
      lead="What organizations can ask for. Whoever holds a retired role keeps it."
      action={
        <Group gap="sm">
          <ImportButton />
          <ExportButton />
          <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setAdding(true)}>
            Add service
          </Button>
        </Group>
      }
    >
      {!data && (error ? <Failed problem={error} onRetry={refetch} /> : <Loading />)}
      {data?.services.length === 0 && <Empty title="No services yet">Choose Add service, or Import a file.</Empty>}
      {data?.services.map((service) => (
        <ServiceSection
          key={service.id}
          service={service}
          onEdit={() => setEditing(service.id)}
          onRetire={() => setRetiring(service)}
        />
      ))}
      {data && adding && <ServiceDialog catalogue={data} id={null} onClose={() => setAdding(false)} />}
      {data && editing && <ServiceDialog catalogue={data} id={editing} onClose={() => setEditing(null)} />}
      {retiring && (
        <RetireServiceDialog service={retiring} version={data?.version ?? 0} onClose={() => setRetiring(null)} />
      )}
    </Page>
  )
}
