import { Skeleton, Text } from '@mantine/core'
import type { Membership } from '../../src/memberships/schema'
import type { Organization } from '../../src/organizations/schema'
import { Callout } from '../ui/callout'
import { ConfirmDialog } from '../ui/dialog'
import { personName } from '../ui/person-name'
import { toast } from '../ui/toast'
import { usePendingInvitations, useRemoveMember } from './queries'

export function RemoveUserDialog(props: { organization: Organization; member: Membership; onClose: () => void }) {
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
