import { ActionIcon, Group, Stack, Text } from '@mantine/core'
import { IconEye } from '@tabler/icons-react'
import type { Acceptance, Invitation } from '../../src/membership/invitations/schema'
import { personName } from '../../src/platform/input/names'
import { formatNumber } from '../../src/platform/messages/intl'
import { message, t } from '../../src/platform/messages/t'
import { type Column, DataTable } from '../ui/data-table'
import { Detail } from '../ui/detail'
import { Message } from '../ui/message'
import { Moment } from '../ui/moment'
import { SmallButton } from '../ui/small-button'
import { StateBadge } from '../ui/state-badge'

interface InvitationsTableProps {
  invitations: Invitation[]
  stale?: boolean
  /** Left out for readers who can’t do it. */
  onShow?: ((invitation: Invitation) => void) | undefined
  onRevoke?: ((invitation: Invitation) => void) | undefined
}

export function InvitationsTable({ invitations, stale, onShow, onRevoke }: InvitationsTableProps) {
  const actions = (invitation: Invitation) =>
    invitation.state === 'pending' && (
      <Group gap="xs" wrap="nowrap" display="inline-flex">
        {onShow && (
          <ActionIcon
            variant="default"
            size={30}
            aria-label={t('Show code')}
            title={t('Show code')}
            onClick={() => onShow(invitation)}
          >
            <IconEye size={18} aria-hidden />
          </ActionIcon>
        )}
        {onRevoke && <SmallButton onClick={() => onRevoke(invitation)}>{t('Revoke')}</SmallButton>}
      </Group>
    )
  const mayAct = onShow || onRevoke
  return (
    <DataTable
      label={t('Invitations')}
      columns={columns}
      rows={invitations}
      actions={mayAct && actions}
      stale={stale}
    />
  )
}

const columns: Column<Invitation>[] = [
  { header: t('Note'), cell: (invitation) => <What invitation={invitation} /> },
  { header: t('State'), cell: (invitation) => <State invitation={invitation} /> },
  {
    header: t('Uses'),
    align: 'right',
    cell: ({ usesSpent, uses }) => (
      <span style={{ whiteSpace: 'nowrap' }}>
        {t('{spent} of {uses}', { spent: formatNumber(usesSpent), uses: formatNumber(uses) })}
      </span>
    ),
  },
  { header: t('Accepted by'), cell: (invitation) => <AcceptedBy invitation={invitation} /> },
  { header: t('Created by'), cell: (invitation) => <CreatedBy invitation={invitation} /> },
]

function What(props: { invitation: Invitation }) {
  const { note, boundTo, grantsAdmin, needsApproval } = props.invitation
  return (
    <Stack gap={2}>
      {note ? <Text fw={600}>{note}</Text> : <Text c="dimmed">{t('No note')}</Text>}
      {boundTo && <Text size="sm">{t('Only for {address}', { address: boundTo })}</Text>}
      {grantsAdmin && <Text size="sm">{t('Grants admin privileges')}</Text>}
      {needsApproval && <Text size="sm">{t('Needs an admin’s approval')}</Text>}
    </Stack>
  )
}

const whyRevoked = {
  by_admin: t('By an admin'),
  inviter_lost_admin_privileges: t('Its creator is no longer an admin'),
}

function State(props: { invitation: Invitation }) {
  const { state, stateReason, expiresAt } = props.invitation
  return (
    <Stack gap={4} align="flex-start">
      <StateBadge state={state} />
      <Detail>
        {state === 'pending' && <Message text="Expires {time}" values={{ time: <Moment at={expiresAt} /> }} />}
        {state === 'expired' && <Moment at={expiresAt} />}
        {state === 'revoked' && stateReason && whyRevoked[stateReason]}
      </Detail>
    </Stack>
  )
}

const stateSentence: Record<Acceptance['state'], string> = {
  joined: '{time}',
  awaiting_approval: message('waiting for approval, {time}'),
  declined: message('declined, {time}'),
  withdrawn: message('withdrawn, {time}'),
}

function AcceptedBy(props: { invitation: Invitation }) {
  const { acceptances, usesSpent } = props.invitation
  if (acceptances.length === 0) return <Text c="dimmed">{t('Not yet')}</Text>
  const more = usesSpent - acceptances.length
  return (
    <Stack gap={6}>
      {acceptances.map((acceptance) => (
        <div key={acceptance.id}>
          {personName(acceptance.account)}
          <Detail>
            <Message text={stateSentence[acceptance.state]} values={{ time: <Moment at={acceptance.at} /> }} />
          </Detail>
        </div>
      ))}
      {more > 0 && <Text size="sm">{t('and {count} more', { count: formatNumber(more) })}</Text>}
    </Stack>
  )
}

function CreatedBy(props: { invitation: Invitation }) {
  return (
    <>
      {personName(props.invitation.createdBy)}
      <Detail>
        <Moment at={props.invitation.createdAt} />
      </Detail>
    </>
  )
}
