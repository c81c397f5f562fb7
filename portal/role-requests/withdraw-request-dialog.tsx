import { Text } from '@mantine/core'
import type { Organization } from '../../src/membership/organizations/schema'
import type { RoleRequest } from '../../src/roles/role-requests/schema'
import { ConfirmDialog } from '../ui/dialog'
import { toast } from '../ui/toast'
import { useWithdrawRoleRequest } from './queries'

export function WithdrawRequestDialog(props: {
  organization: Organization
  request: RoleRequest
  onClose: () => void
}) {
  const { organization, request } = props
  const withdraw = useWithdrawRoleRequest()
  return (
    <ConfirmDialog
      title={`Withdraw the request for ${request.service.name}?`}
      onClose={props.onClose}
      onConfirm={async () => {
        await withdraw.mutateAsync({ organizationId: organization.id, requestId: request.id })
        toast(`The request for ${request.service.name} is withdrawn.`, 'neutral')
      }}
    >
      <Text>What is pending of it is no longer decided. What was accepted stays. You can ask again at any time.</Text>
    </ConfirmDialog>
  )
}
