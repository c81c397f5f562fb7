import { Text } from '@mantine/core'
import type { Invitation } from '../../src/membership/invitations/schema'
import type { Organization } from '../../src/membership/organizations/schema'
import { t } from '../../src/platform/messages/t'
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
      title={t('Revoke this invitation?')}
      danger
      onClose={props.onClose}
      onConfirm={async () => {
        await revoke.mutateAsync({ organizationId: organization.id, invitationId: invitation.id })
        toast(t('Invitation revoked.'), 'neutral')
      }}
    >
      {invitation.note && <Text fw={600}>{invitation.note}</Text>}
      <Text>{t('The code stops working immediately. People who already joined with it stay members.')}</Text>
    </ConfirmDialog>
  )
}
