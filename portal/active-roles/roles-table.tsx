import { Button, Stack, Text } from '@mantine/core'
import type { Entitlement, HeldRole } from '../../src/roles/entitlements/schema'
import { Numbers } from '../roles/numbers'
import { type Column, DataTable } from '../ui/data-table'
import { Moment } from '../ui/moment'
import { Badge } from '../ui/state-badge'
import type { Asked } from './why-dialog'

/** What somebody holds, a row per service, each role with its reason for the asking. */
export function RolesTable(props: { entitlements: Entitlement[]; onAsk: (asked: Asked) => void }) {
  return (
    <DataTable
      label="Active roles"
      columns={columns(props.onAsk)}
      rows={props.entitlements.map((entitlement) => ({ ...entitlement, id: entitlement.service.id }))}
    />
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
  if (props.entitlement.usable) return <Badge tone="green">Usable</Badge>
  return (
    <Stack gap={4} align="flex-start">
      <Badge tone="amber">Not usable</Badge>
      <Text size="sm">Needs {missingFrom(props.entitlement)}.</Text>
    </Stack>
  )
}

/** Which of the two roles that it takes is not there. */
export const missingFrom = ({ access }: Entitlement) => (access ? 'a quota role' : 'an access role')

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
