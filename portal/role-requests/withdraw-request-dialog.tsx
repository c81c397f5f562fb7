import { Text } from '@mantine/core'
import type { Organization } from '../../src/membership/organizations/schema'
import { t } from '../../src/platform/messages/t'
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
      title={t('Withdraw the request for {service}?', { service: request.service.name })}
      onClose={props.onClose}
      onConfirm={async () => {
        await withdraw.mutateAsync({ organizationId: organization.id, requestId: request.id })
        toast(t('Request for {service} withdrawn.', { service: request.service.name }), 'neutral')
      }}
    >
      <Text>
        {t('Parts still pending will be withdrawn. Accepted parts stay. You can submit a new request at any time.')}
      </Text>
    </ConfirmDialog>
  )
}
