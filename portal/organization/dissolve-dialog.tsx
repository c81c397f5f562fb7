import { Text } from '@mantine/core'
import { useState } from 'react'
import type { Organization } from '../../src/membership/organizations/schema'
import { ConfirmDialog } from '../ui/dialog'
import { ReasonField } from '../ui/reason-field'
import { toast } from '../ui/toast'
import { useSeen } from '../ui/use-seen'
import { useDissolveOrganization } from './queries'

export function DissolveDialog(props: { organization: Organization; onBack: () => void; onClose: () => void }) {
  const { seen: organization, lookAgain } = useSeen(props.organization)
  const dissolve = useDissolveOrganization()
  const [reason, setReason] = useState('')
  // With others in it, only an operator may, who says why.
  const asOperator = organization.members > 1
  return (
    <ConfirmDialog
      title={`Dissolve ${organization.name}?`}
      danger
      onClose={props.onClose}
      onChanged={lookAgain}
      cancelLabel="Back"
      onCancel={props.onBack}
      onConfirm={async () => {
        await dissolve.mutateAsync({
          organizationId: organization.id,
          stateVersion: organization.stateVersion,
          ...(asOperator ? { reason } : {}),
        })
        toast(`${organization.name} is dissolved.`, 'bad')
      }}
    >
      <Text>The organization ends for good, and its pending invitations with it. This cannot be undone.</Text>
      {asOperator && <ReasonField value={reason} onChange={setReason} />}
    </ConfirmDialog>
  )
}
