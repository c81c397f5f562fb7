import { Text } from '@mantine/core'
import { useState } from 'react'
import type { Organization } from '../../src/membership/organizations/schema'
import { ConfirmDialog } from '../ui/dialog'
import { toast } from '../ui/toast'
import { MemberSelect } from '../users-and-privileges/member-select'
import { useLeaveOrganization } from './queries'

export function HandOverDialog(props: { organization: Organization; onBack: () => void; onClose: () => void }) {
  const { organization } = props
  const [successorId, setSuccessor] = useState<string | null>(null)
  const leave = useLeaveOrganization()
  return (
    <ConfirmDialog
      title="Hand over and leave"
      danger
      disabled={!successorId}
      onClose={props.onClose}
      cancelLabel="Back"
      onCancel={props.onBack}
      onConfirm={async () => {
        if (!successorId) return
        await leave.mutateAsync({ organizationId: organization.id, successorId })
        toast(`You have handed over and left ${organization.name}.`, 'neutral')
      }}
    >
      <Text>
        The person you choose gets admin privileges. Your own access through {organization.name} ends at once.
      </Text>
      <MemberSelect
        label="Successor"
        organizationId={organization.id}
        value={successorId}
        onChange={setSuccessor}
        withoutMe
        first
      />
    </ConfirmDialog>
  )
}
