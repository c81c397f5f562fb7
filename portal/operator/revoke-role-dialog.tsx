import { Text } from '@mantine/core'
import { useState } from 'react'
import type { Organization } from '../../src/organizations/schema'
import type { RoleAssignment } from '../../src/role-assignments/schema'
import { ConfirmDialog } from '../ui/dialog'
import { toast } from '../ui/toast'
import { useRevokeRole } from './queries'
import { ReasonField } from './reason-field'

export function RevokeRoleDialog(props: {
  organization: Organization
  assignment: RoleAssignment
  onClose: () => void
}) {
  const { organization, assignment } = props
  const [reason, setReason] = useState('')
  const [error, setError] = useState<string>()
  const revoke = useRevokeRole()
  return (
    <ConfirmDialog
      title={`Revoke ${assignment.service.name}: ${assignment.role.name}?`}
      danger
      onClose={props.onClose}
      onConfirm={async () => {
        setError(undefined)
        await revoke.mutateAsync({ organizationId: organization.id, assignmentId: assignment.id, reason })
        toast(`${assignment.role.name} of ${organization.name} is revoked.`)
      }}
      onRefusal={(refusal) => {
        const wrong = refusal.errors.find(({ path }) => path === 'reason')
        setError(wrong?.message)
        return wrong !== undefined
      }}
    >
      <Text>All members of {organization.name} lose it at once. A default stays where there is one.</Text>
      <ReasonField value={reason} onChange={setReason} error={error} />
    </ConfirmDialog>
  )
}
