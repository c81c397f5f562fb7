import { Text } from '@mantine/core'
import type { Invitation } from '../../src/membership/invitations/schema'
import type { Organization } from '../../src/membership/organizations/schema'
import { ConfirmDialog } from '../ui/dialog'
import { toast } from '../ui/toast'
import { useRevokeInvitation } from './queries'

export function RevokeInvitationDialog(props: {
  organization: Organization
  invitation: Invitation
  onClose: () => void
}) {
  const { organization, invitation } = props
  const revoke = useRevokeInvitation()
  return (
    <ConfirmDialog
      title="Revoke this invitation?"
      danger
      onClose={props.onClose}
      onConfirm={async () => {
        await revoke.mutateAsync({ organizationId: organization.id, invitationId: invitation.id })
        toast('The invitation is revoked.', 'neutral')
      }}
    >
      <Text>
        {invitation.note && <b>{invitation.note}: </b>}
        The code stops working at once. Whoever has joined with it stays a member.
      </Text>
    </ConfirmDialog>
  )
}
