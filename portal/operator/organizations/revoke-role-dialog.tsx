import { Text } from '@mantine/core'
import type { Organization } from '../../../src/membership/organizations/schema'
import { isolated } from '../../../src/platform/input/isolated'
import { t } from '../../../src/platform/messages/t'
import type { RoleAssignment } from '../../../src/roles/role-assignments/schema'
import { ReasonDialog } from '../../ui/reason-dialog'
import { toast } from '../../ui/toast'
import { useRevokeRole } from './queries'

export function RevokeRoleDialog(props: {
  organization: Organization
  assignment: RoleAssignment
  onClose: () => void
}) {
  const { organization, assignment } = props
  const { id: organizationId } = organization
  const name = isolated(organization.name)
  const role = isolated(assignment.role.name)
  const revoke = useRevokeRole()
  return (
    <ReasonDialog
      title={t('Revoke {role} on {service}?', { role, service: isolated(assignment.service.name) })}
      danger
      onClose={props.onClose}
      onConfirm={async (reason) => {
        await revoke.mutateAsync({ organizationId, assignmentId: assignment.id, reason })
        toast(t('{role} revoked from {organization}.', { role, organization: name }), 'neutral')
      }}
    >
      <Text>
        {t('All members of {organization} lose this role immediately. They keep the default role, if there is one.', {
          organization: name,
        })}
      </Text>
    </ReasonDialog>
  )
}
