import { Button, Stack, Text } from '@mantine/core'
import { t } from '../../src/platform/messages/t'
import type { HeldRole } from '../../src/roles/entitlements/schema'
import type { RequestPart } from '../../src/roles/role-requests/schema'
import type { RoleKind, Service } from '../../src/roles/services/schema'
import { kindLabels } from '../services'
import { type Column, DataTable } from '../ui/data-table'
import { Detail } from '../ui/detail'
import { RoleLimits } from '../ui/role-limits'
import { StateBadge, Tag } from '../ui/state-badge'

/** A service with the roles that the organization holds on it, and those it is waiting for. */
export interface Askable {
  id: string
  service: Service
  held: Record<RoleKind, HeldRole | null>
  pending: RequestPart[]
}

/** A row per service. Without `onAsk` for readers who can’t request roles. */
export function ServicesTable(props: { rows: Askable[]; onAsk?: (askable: Askable) => void }) {
  const { rows, onAsk } = props
  const actions = (row: Askable) => (
    <Button variant="default" size="xs" onClick={() => onAsk?.(row)}>
      {isAssigned(row.held.access) || isAssigned(row.held.quota) ? t('Edit access') : t('Request access')}
    </Button>
  )
  return <DataTable label={t('Services')} columns={columns} rows={rows} actions={onAsk && actions} />
}

const columns: Column<Askable>[] = [
  {
    header: t('Service'),
    cell: ({ service }) => (
      <>
        <Text fw={600}>{service.name}</Text>
        <Detail>{service.description}</Detail>
      </>
    ),
  },
  { header: kindLabels.access, cell: ({ held }) => <Held role={held.access} /> },
  { header: kindLabels.quota, cell: ({ held }) => <Held role={held.quota} /> },
  { header: t('Requested'), cell: ({ pending }) => pending.length > 0 && <Pending parts={pending} /> },
]

const isAssigned = (role: HeldRole | null) => role?.why.from === 'organization'

function Held(props: { role: HeldRole | null }) {
  const { role } = props
  if (!role) return <Text c="dimmed">{t('None')}</Text>
  return (
    <>
      <Text>
        {role.name} {!isAssigned(role) && <Tag>{t('default')}</Tag>}
      </Text>
      <RoleLimits limits={role.limits} />
    </>
  )
}

function Pending(props: { parts: RequestPart[] }) {
  return (
    <Stack gap={4} align="flex-start">
      <StateBadge state="pending" />
      {props.parts.map(({ kind, role }) => (
        <Text key={kind} size="sm">
          {kind === 'access'
            ? t('Access role: {role}', { role: role.name })
            : t('Quota role: {role}', { role: role.name })}
        </Text>
      ))}
    </Stack>
  )
}
