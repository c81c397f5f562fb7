import { ActionIcon, Button, Group, Stack, Text } from '@mantine/core'
import { IconEye } from '@tabler/icons-react'
import type { Acceptance, Invitation } from '../../src/membership/invitations/schema'
import { type Column, DataTable } from '../ui/data-table'
import { Moment } from '../ui/moment'
import { personName } from '../ui/person-name'
import { StateBadge } from '../ui/state-badge'

interface InvitationsTableProps {
  invitations: Invitation[]
  stale?: boolean
  onShow?: (invitation: Invitation) => void
  onRevoke?: (invitation: Invitation) => void
}

export function InvitationsTable(props: InvitationsTableProps) {
  const { onShow, onRevoke } = props
  const columns: Column<Invitation>[] = [
    { header: 'Note', cell: (invitation) => <What invitation={invitation} /> },
    { header: 'State', cell: (invitation) => <State invitation={invitation} /> },
    {
      header: 'Uses',
      align: 'right',
      cell: ({ usesSpent, uses }) => <span style={{ whiteSpace: 'nowrap' }}>{`${usesSpent} of ${uses}`}</span>,
    },
    { header: 'Accepted by', cell: (invitation) => <AcceptedBy invitation={invitation} /> },
    { header: 'Made by', cell: (invitation) => <MadeBy invitation={invitation} /> },
  ]
  if (onShow || onRevoke) {
    columns.push({
      header: 'Actions',
      quiet: true,
      align: 'right',
      cell: (invitation) =>
        invitation.state === 'pending' && (
          <Group gap="xs" wrap="nowrap" display="inline-flex">
            {onShow && (
              <ActionIcon
                variant="default"
                size={30}
                aria-label="Show code"
                title="Show code"
                onClick={() => onShow(invitation)}
              >
                <IconEye size={18} aria-hidden />
              </ActionIcon>
            )}
            {onRevoke && (
              <Button variant="default" size="xs" onClick={() => onRevoke(invitation)}>
                Revoke
              </Button>
            )}
          </Group>
        ),
    })
  }
  return <DataTable label="Invitations" columns={columns} rows={props.invitations} stale={props.stale} />
}

function What(props: { invitation: Invitation }) {
  const { note, boundTo, grantsAdmin, needsApproval } = props.invitation
  return (
    <Stack gap={2}>
      {note ? <Text fw={600}>{note}</Text> : <Text c="dimmed">No note</Text>}
      {boundTo && <Text size="sm">Only for {boundTo}</Text>}
      {grantsAdmin && <Text size="sm">Grants admin privileges</Text>}
      {needsApproval && <Text size="sm">Needs an admin's approval</Text>}
    </Stack>
  )
}

const whyRevoked = { by_admin: 'By an admin', inviter_lost_admin_privileges: 'Its maker is no longer an admin' }

function State(props: { invitation: Invitation }) {
  const { state, stateReason, expiresAt } = props.invitation
  return (
    <Stack gap={4} align="flex-start">
      <StateBadge state={state} />
      <Text size="sm" c="dimmed">
        {state === 'pending' && (
          <>
            Expires <Moment at={expiresAt} />
          </>
        )}
        {state === 'expired' && <Moment at={expiresAt} />}
        {state === 'revoked' && stateReason && whyRevoked[stateReason]}
      </Text>
    </Stack>
  )
}

const standings: Record<Acceptance['state'], string> = {
  joined: '',
  awaiting_approval: 'waits for approval, ',
  declined: 'declined, ',
  withdrawn: 'withdrew, ',
}

function AcceptedBy(props: { invitation: Invitation }) {
  const { acceptances, usesSpent } = props.invitation
  if (acceptances.length === 0) return <Text c="dimmed">Nobody yet</Text>
  const more = usesSpent - acceptances.length
  return (
    <Stack gap={6}>
      {acceptances.map((acceptance) => (
        <div key={acceptance.id}>
          {personName(acceptance.account)}
          <Text size="sm" c="dimmed">
            {standings[acceptance.state]}
            <Moment at={acceptance.at} />
          </Text>
        </div>
      ))}
      {more > 0 && <Text size="sm">and {more} more</Text>}
    </Stack>
  )
}

function MadeBy(props: { invitation: Invitation }) {
  return (
    <>
      {personName(props.invitation.createdBy)}
      <Text size="sm" c="dimmed">
        <Moment at={props.invitation.createdAt} />
      </Text>
    </>
  )
}
