import { Button, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Entitlement, HeldRole } from '../../src/entitlements/schema'
import { Numbers } from '../roles/numbers'
import { type Column, DataTable } from '../ui/data-table'
import { Moment } from '../ui/moment'
import { Page } from '../ui/page'
import { Badge } from '../ui/state-badge'
import { Empty, Failed, Loading } from '../ui/states'
import { myEntitlementsQuery } from './queries'
import { type Asked, WhyDialog } from './why-dialog'

export function ActiveRolesPage() {
  const { data, error, refetch } = useQuery(myEntitlementsQuery())
  const [asked, setAsked] = useState<Asked | null>(null)
  return (
    <Page title="Active roles" lead="What you hold now. To use a service takes an access role and a quota role.">
      {!data && (error ? <Failed problem={error} onRetry={refetch} /> : <Loading />)}
      {data?.entitlements.length === 0 && (
        <Empty title="No roles yet">
          You hold none now. Roles come from your organization, and from this site’s defaults.
        </Empty>
      )}
      {data && data.entitlements.length > 0 && (
        <DataTable
          label="Active roles"
          columns={columns(setAsked)}
          rows={data.entitlements.map((entitlement) => ({ ...entitlement, id: entitlement.service.id }))}
        />
      )}
      {asked && <WhyDialog {...asked} onClose={() => setAsked(null)} />}
    </Page>
  )
}

const columns = (onAsk: (asked: Asked) => void): Column<Entitlement & { id: string }>[] => [
  {
    header: 'Service',
    cell: (entitlement) => (
      <Stack gap={6} align="flex-start">
        <div>
          <Text fw={600}>{entitlement.service.name}</Text>
          <Text size="sm" c="dimmed">
            {entitlement.service.description}
          </Text>
        </div>
        <Usable entitlement={entitlement} />
      </Stack>
    ),
  },
  {
    header: 'Access role',
    cell: ({ service, access }) => access && <Held role={access} onAsk={() => onAsk({ service, role: access })} />,
  },
  {
    header: 'Quota role',
    cell: ({ service, quota }) => quota && <Held role={quota} onAsk={() => onAsk({ service, role: quota })} />,
  },
]

function Usable(props: { entitlement: Entitlement }) {
  const { usable, access } = props.entitlement
  if (usable) return <Badge tone="green">Usable</Badge>
  return <Badge tone="amber">{`Not usable: ${access ? 'a quota role' : 'an access role'} is missing`}</Badge>
}

function Held(props: { role: HeldRole; onAsk: () => void }) {
  const { name, limits, since, until } = props.role
  return (
    <Stack gap={4} align="flex-start">
      <Text fw={600}>{name}</Text>
      <Numbers limits={limits} />
      <Text size="sm" c="dimmed">
        Since <Moment at={since} as="day" />
        {until && (
          <>
            , until <Moment at={until} as="exact" />
          </>
        )}
      </Text>
      <Button variant="default" size="compact-sm" onClick={props.onAsk}>
        Why?
      </Button>
    </Stack>
  )
}
