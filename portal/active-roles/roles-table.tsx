import { Button, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { message, t } from '../../src/platform/messages/t'
import type { Entitlement, HeldRole } from '../../src/roles/entitlements/schema'
import { type Column, DataTable } from '../ui/data-table'
import { Detail } from '../ui/detail'
import { Message } from '../ui/message'
import { Moment } from '../ui/moment'
import { RoleLimits } from '../ui/role-limits'
import { Usable } from './usable'
import type { Asked } from './why-dialog'

interface RolesTableProps {
  entitlements: Entitlement[]
  /** What stands below a service, instead of whether it can be used. */
  below?: ((entitlement: Entitlement) => ReactNode) | undefined
  onAsk: (asked: Asked) => void
}

/** A person's roles, a row per service. Each role has a button that shows its reason. */
export function RolesTable(props: RolesTableProps) {
  return (
    <DataTable
      label={t('Active roles')}
      columns={columns(props)}
      rows={props.entitlements.map((entitlement) => ({ ...entitlement, id: entitlement.service.id }))}
    />
  )
}

const columns = ({ below, onAsk }: RolesTableProps): Column<Entitlement & { id: string }>[] => [
  {
    header: t('Service'),
    cell: (entitlement) => (
      <Stack gap={6} align="flex-start">
        <div>
          <Text fw={600}>{entitlement.service.name}</Text>
          <Detail>{entitlement.service.description}</Detail>
        </div>
        {below ? below(entitlement) : <Usable entitlement={entitlement} />}
      </Stack>
    ),
  },
  {
    header: t('Access role'),
    cell: ({ service, access }) => access && <Held role={access} onAsk={() => onAsk({ service, role: access })} />,
  },
  {
    header: t('Quota role'),
    cell: ({ service, quota }) => quota && <Held role={quota} onAsk={() => onAsk({ service, role: quota })} />,
  },
]

const sinceOnly = message('Since {since}')
const sinceUntil = message('Since {since}, until {until}')

function Held(props: { role: HeldRole; onAsk: () => void }) {
  const { name, limits, since, until } = props.role
  return (
    <Stack gap={4} align="flex-start">
      <Text fw={600}>{name}</Text>
      <RoleLimits limits={limits} />
      <Detail>
        <Message
          text={until ? sinceUntil : sinceOnly}
          values={{ since: <Moment at={since} as="day" />, until: until && <Moment at={until} as="exact" /> }}
        />
      </Detail>
      <Button variant="default" size="compact-sm" onClick={props.onAsk}>
        {t('Why?')}
      </Button>
    </Stack>
  )
}
