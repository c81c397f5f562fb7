import { Text } from '@mantine/core'
import { useState } from 'react'
import type { Organization } from '../../src/organizations/schema'
import { ConfirmDialog } from '../ui/dialog'
import { toast } from '../ui/toast'
import type { Decision } from './decisions'
import { ReasonField } from './reason-field'

export function DecisionDialog(props: { organization: Organization; decision: Decision; onClose: () => void }) {
  const { organization, decision } = props
  const [reason, setReason] = useState('')
  const [error, setError] = useState<string>()
  const change = decision.use()
  return (
    <ConfirmDialog
      title={`${decision.label}: ${organization.name}`}
      danger={decision.danger}
      onClose={props.onClose}
      onConfirm={async () => {
        setError(undefined)
        await change.mutateAsync({ organizationId: organization.id, reason })
        toast(decision.done(organization.name))
      }}
      onRefusal={(refusal) => {
        const wrong = refusal.errors.find(({ path }) => path === 'reason')
        setError(wrong?.message)
        return wrong !== undefined
      }}
    >
      <Text>{decision.effect}</Text>
      {decision.reason && <ReasonField value={reason} onChange={setReason} error={error} />}
    </ConfirmDialog>
  )
}
