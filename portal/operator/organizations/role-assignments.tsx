import { Stack, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Organization } from '../../../src/membership/organizations/schema'
import { isolated } from '../../../src/platform/input/isolated'
import { personName } from '../../../src/platform/input/names'
import { message, t } from '../../../src/platform/messages/t'
import type { RoleAssignment } from '../../../src/roles/role-assignments/schema'
import { type Column, DataTable } from '../../ui/data-table'
import { Detail } from '../../ui/detail'
import { DialogButton } from '../../ui/dialog-button'
import { List } from '../../ui/list'
import { Message } from '../../ui/message'
import { Moment } from '../../ui/moment'
import { Section } from '../../ui/page'
import { RoleLimits } from '../../ui/role-limits'
import { SmallButton } from '../../ui/small-button'
import { StateBadge } from '../../ui/state-badge'
import { Empty } from '../../ui/states'
import { GrantRoleDialog } from './grant-role-dialog'
import { roleAssignmentsQuery } from './queries'
import { RevokeRoleDialog } from './revoke-role-dialog'

/** The roles that an organization holds or held. Operators can grant and revoke them without a request. */
export function RoleAssignments(props: { organization: Organization }) {
  const { organization } = props
  const [revoking, setRevoking] = useState<RoleAssignment | null>(null)
  const query = useInfiniteQuery(roleAssignmentsQuery(organization.id))
  return (
    <Section title={t('Role assignments')}>
      <List query={query} empty={<Empty title={t('No roles yet')}>{t('Members hold the default roles only.')}</Empty>}>
        {(assignments) => (
          <DataTable
            label={t('Role assignments')}
            columns={columns}
            rows={assignments}
            actions={(assignment) =>
              assignment.state === 'active' && (
                <SmallButton onClick={() => setRevoking(assignment)}>{t('Revoke')}</SmallButton>
              )
            }
          />
        )}
      </List>
      <DialogButton
        offered={organization.can.grantRole}
        style={{ alignSelf: 'flex-start' }}
        dialog={(onClose) => <GrantRoleDialog organization={organization} onClose={onClose} />}
      >
        {t('Grant role')}
      </DialogButton>
      {revoking && (
        <RevokeRoleDialog organization={organization} assignment={revoking} onClose={() => setRevoking(null)} />
      )}
    </Section>
  )
}

const columns: Column<RoleAssignment>[] = [
  {
    header: t('Role'),
    cell: ({ service, kind, role }) => (
      <>
        <Text fw={600}>{role.name}</Text>
        <Detail>
          {kind === 'access'
            ? t('{service}, access role', { service: isolated(service.name) })
            : t('{service}, quota role', { service: isolated(service.name) })}
        </Detail>
        <RoleLimits limits={role.limits} />
      </>
    ),
  },
  { header: t('State'), cell: (assignment) => <State assignment={assignment} /> },
  {
    header: t('Since'),
    cell: ({ startedAt, requestedBy, grantedBy }) => (
      <>
        <Moment at={startedAt} as="day" />
        <Detail>
          {requestedBy
            ? t('Requested by {requester}, accepted by {operator}', {
                requester: personName(requestedBy),
                operator: personName(grantedBy),
              })
            : t('Granted by {operator}', { operator: personName(grantedBy) })}
        </Detail>
      </>
    ),
  },
  { header: t('Reason'), cell: ({ reason }) => reason && <Text className="prose">{reason}</Text> },
]

const ends = {
  replaced: message('Replaced {moment}'),
  revoked: message('Revoked {moment}'),
  organization_dissolved: message('Organization dissolved {moment}'),
}

function State(props: { assignment: RoleAssignment }) {
  const { state, expiresAt, endedAt, endedReason } = props.assignment
  const end = endedAt ?? expiresAt
  const text = endedReason ? ends[endedReason] : state === 'active' ? message('Until {moment}') : '{moment}'
  return (
    <Stack gap={4} align="flex-start">
      <StateBadge state={state} />
      <Detail>{end && <Message text={text} values={{ moment: <Moment at={end} as="exact" /> }} />}</Detail>
    </Stack>
  )
}
