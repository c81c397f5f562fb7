import { Skeleton, Text } from '@mantine/core'
import { useState } from 'react'
import type { Membership } from '../../src/membership/memberships/schema'
import type { Organization } from '../../src/membership/organizations/schema'
import { LeaveDialog } from '../organization/leave-dialog'
import { Callout } from '../ui/callout'
import { ConfirmDialog } from '../ui/dialog'
import { personName } from '../ui/person-name'
import { toast } from '../ui/toast'
import { usePendingInvitations, useRemoveMember } from './queries'

interface RemoveUserProps {
  organization: Organization
  member: Membership
  onClose: () => void
}

/** To remove oneself is to leave: the only admin sees the same ways out. */
export function RemoveUserDialog(props: RemoveUserProps) {
  const { organization, member, onClose } = props
  const [onlyAdmin, setOnlyAdmin] = useState(member.me && !organization.can.leave)
  if (onlyAdmin) return <LeaveDialog organization={organization} onClose={onClose} onlyAdmin />
  return <Removal {...props} onOnlyAdmin={() => setOnlyAdmin(true)} />
}

function Removal(props: RemoveUserProps & { onOnlyAdmin: () => void }) {
  const { organization, member } = props
  const name = personName(member.account)
  const remove = useRemoveMember()
  const pending = usePendingInvitations(organization.id, member.id, member.me ? 'you' : name)
  return (
    <ConfirmDialog
      title={`Remove ${name}?`}
      danger
      onClose={props.onClose}
      onConfirm={async () => {
        await remove.mutateAsync({ organizationId: organization.id, membershipId: member.id })
        toast(
          member.me ? `You have left ${organization.name}.` : `${name} was removed from ${organization.name}.`,
          member.me ? 'neutral' : 'bad',
        )
      }}
      onRefusal={(refusal) => {
        // Somebody else stopped being an admin while this window was open.
        if (!member.me || refusal.code !== 'last_admin') return refusal
        props.onOnlyAdmin()
        return null
      }}
    >
      {member.me && (
        <Callout title="This is you">You lose your own access at once, and need a new invitation to come back.</Callout>
      )}
      {!member.me && member.admin && (
        <Callout title={`${name} has admin privileges`}>They end together with the membership.</Callout>
      )}
      {!member.me && (
        <Text>
          The access that {name} has through {organization.name} ends at once. A new invitation brings it back.
        </Text>
      )}
      {pending.isPending && <Skeleton height={22} />}
      {pending.sentence && <Text>{pending.sentence}</Text>}
    </ConfirmDialog>
  )
}
