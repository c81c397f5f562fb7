import { Stack, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Organization } from '../../src/membership/organizations/schema'
import { personName } from '../../src/platform/input/names'
import { t } from '../../src/platform/messages/t'
import type { RequestPart, RoleRequest } from '../../src/roles/role-requests/schema'
import type { RoleKind } from '../../src/roles/services/schema'
import { kindLabels } from '../services'
import { type Column, DataTable } from '../ui/data-table'
import { Detail } from '../ui/detail'
import { List } from '../ui/list'
import { Message } from '../ui/message'
import { Moment } from '../ui/moment'
import { Section } from '../ui/page'
import { RoleLimits } from '../ui/role-limits'
import { SmallButton } from '../ui/small-button'
import { StateBadge } from '../ui/state-badge'
import { Empty } from '../ui/states'
import { roleRequestsQuery } from './queries'
import { WithdrawRequestDialog } from './withdraw-request-dialog'

/** Every request with the state of each of its parts, including those that are decided. */
export function History(props: { organization: Organization }) {
  const { organization } = props
  const [withdrawing, setWithdrawing] = useState<RoleRequest | null>(null)
  const query = useInfiniteQuery(roleRequestsQuery({ organizationId: organization.id, limit: 20 }))
  const actions = (request: RoleRequest) =>
    request.parts.some(({ state }) => state === 'pending') && (
      <SmallButton onClick={() => setWithdrawing(request)}>{t('Withdraw')}</SmallButton>
    )
  return (
    <Section title={t('History')}>
      <List
        query={query}
        empty={<Empty title={t('No requests yet')}>{t('Your organization hasn’t requested any roles.')}</Empty>}
      >
        {(requests, stale) => (
          <DataTable
            label={t('History')}
            columns={columns}
            rows={requests}
            actions={organization.mine?.admin && actions}
            stale={stale}
          />
        )}
      </List>
      {withdrawing && (
        <WithdrawRequestDialog organization={organization} request={withdrawing} onClose={() => setWithdrawing(null)} />
      )}
    </Section>
  )
}

const columns: Column<RoleRequest>[] = [
  { header: t('Request'), cell: (request) => <What request={request} /> },
  { header: kindLabels.access, cell: ({ parts }) => <Part parts={parts} kind="access" /> },
  { header: kindLabels.quota, cell: ({ parts }) => <Part parts={parts} kind="quota" /> },
]

function What(props: { request: RoleRequest }) {
  const { service, description, requestedBy, requestedAt } = props.request
  return (
    <Stack gap={2}>
      <Text fw={600}>{service.name}</Text>
      <Text className="prose" size="sm">
        {description}
      </Text>
      <Detail>
        <Message
          text="{person}, {date}"
          values={{ person: personName(requestedBy), date: <Moment at={requestedAt} /> }}
        />
      </Detail>
    </Stack>
  )
}

function Part(props: { parts: RequestPart[]; kind: RoleKind }) {
  const part = props.parts.find(({ kind }) => kind === props.kind)
  if (!part) return null
  const { role, state, reason, decidedBy, decidedAt } = part
  return (
    <Stack gap={4} align="flex-start">
      <div>
        <Text>{role.name}</Text>
        <RoleLimits limits={role.limits} />
      </div>
      <StateBadge state={state} />
      {reason && (
        <Text size="sm" className="prose">
          {t('Reason: {reason}', { reason })}
        </Text>
      )}
      {decidedBy && decidedAt && (
        <Detail>
          <Message
            text="{person}, {date}"
            values={{ person: personName(decidedBy), date: <Moment at={decidedAt} /> }}
          />
        </Detail>
      )}
    </Stack>
  )
}
