import { Button, Stack, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Organization } from '../../../src/membership/organizations/schema'
import type { RoleAssignment } from '../../../src/roles/role-assignments/schema'
import { Numbers } from '../../roles/numbers'
import { kindLabels } from '../../roles/queries'
import { type Column, DataTable } from '../../ui/data-table'
import { List } from '../../ui/list'
import { Moment } from '../../ui/moment'
import { Section } from '../../ui/page'
import { personName } from '../../ui/person-name'
import { StateBadge } from '../../ui/state-badge'
import { Empty } from '../../ui/states'
import { roleAssignmentsQuery } from '../queries'
import { GrantRoleDialog } from './grant-role-dialog'
import { RevokeRoleDialog } from './revoke-role-dialog'

/** What an organization holds and held, and the operator's ways to change it without a request. */
export function RoleAssignments(props: { organization: Organization }) {
  const { organization } = props
  const [granting, setGranting] = useState(false)
  const [revoking, setRevoking] = useState<RoleAssignment | null>(null)
  const query = useInfiniteQuery(roleAssignmentsQuery(organization.id))
  return (
    <Section title="Role assignments">
      <List query={query} empty={<Empty title="No roles yet">Its members hold the defaults.</Empty>}>
        {(assignments) => <DataTable label="Role assignments" columns={columns(setRevoking)} rows={assignments} />}
      </List>
      {organization.can.grantRole && (
        <Button variant="default" style={{ alignSelf: 'flex-start' }} onClick={() => setGranting(true)}>
          Grant role
        </Button>
      )}
      {granting && <GrantRoleDialog organization={organization} onClose={() => setGranting(false)} />}
      {revoking && (
        <RevokeRoleDialog organization={organization} assignment={revoking} onClose={() => setRevoking(null)} />
      )}
    </Section>
  )
}

const columns = (onRevoke: (assignment: RoleAssignment) => void): Column<RoleAssignment>[] => [
  {
    header: 'Role',
    cell: ({ service, kind, role }) => (
      <>
        <Text fw={600}>{role.name}</Text>
        <Text size="sm" c="dimmed">
          {service.name}, {kindLabels[kind].toLowerCase()}
        </Text>
        <Numbers limits={role.limits} />
      </>
    ),
  },
  { header: 'State', cell: (assignment) => <State assignment={assignment} /> },
  {
    header: 'Since',
    cell: ({ startedAt, requestedBy, grantedBy }) => (
      <>
        <Moment at={startedAt} as="day" />
        <Text size="sm" c="dimmed">
          {requestedBy && `Requested by ${personName(requestedBy)}, `}
          {requestedBy ? 'accepted' : 'Granted'} by {personName(grantedBy)}
        </Text>
      </>
    ),
  },
  { header: 'Reason', cell: ({ reason }) => reason && <Text className="prose">{reason}</Text> },
  {
    header: 'Actions',
    quiet: true,
    align: 'right',
    cell: (assignment) =>
      assignment.state === 'active' && (
        <Button variant="default" size="xs" onClick={() => onRevoke(assignment)}>
          Revoke
        </Button>
      ),
  },
]

const whyEnded = { replaced: 'Replaced', revoked: 'Revoked', organization_dissolved: 'Organization dissolved' }

function State(props: { assignment: RoleAssignment }) {
  const { state, expiresAt, endedAt, endedReason } = props.assignment
  const end = endedAt ?? expiresAt
  return (
    <Stack gap={4} align="flex-start">
      <StateBadge state={state} />
      <Text size="sm" c="dimmed">
        {endedReason && `${whyEnded[endedReason]} `}
        {state === 'active' && end && 'Until '}
        {end && <Moment at={end} as="exact" />}
      </Text>
    </Stack>
  )
}
