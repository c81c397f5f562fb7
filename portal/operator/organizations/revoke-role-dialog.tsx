import { Text } from '@mantine/core'
import type { Organization } from '../../../src/membership/organizations/schema'
import type { RoleAssignment } from '../../../src/roles/role-assignments/schema'
import { ReasonDialog } from '../../ui/reason-dialog'
import { toast } from '../../ui/toast'
import { useRevokeRole } from '../queries'

export function RevokeRoleDialog(props: {
  organization: Organization
  assignment: RoleAssignment
  onClose: () => void
}) {
  const { organization, assignment } = props
  const revoke = useRevokeRole()
  return (
    <ReasonDialog
      title={`Revoke ${assignment.service.name}: ${assignment.role.name}?`}
      danger
      onClose={props.onClose}
      onConfirm={async (reason) => {
        await revoke.mutateAsync({ organizationId: organization.id, assignmentId: assignment.id, reason })
        toast(`${assignment.role.name} of ${organization.name} is revoked.`, 'bad')
      }}
    >
      <Text>All members of {organization.name} lose it at once. A default stays where there is one.</Text>
    </ReasonDialog>
  )
}
