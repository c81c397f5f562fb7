import { Text } from '@mantine/core'
import type { Organization } from '../../src/organizations/schema'
import { ConfirmDialog } from '../ui/dialog'
import { toast } from '../ui/toast'
import type { Decision } from './decisions'
import { ReasonDialog } from './reason-dialog'

export function DecisionDialog(props: { organization: Organization; decision: Decision; onClose: () => void }) {
  const { organization, decision } = props
  const change = decision.use()
  const AskingDialog = decision.reason ? ReasonDialog : ConfirmDialog
  return (
    <AskingDialog
      title={`${decision.label}: ${organization.name}`}
      danger={decision.danger}
      onClose={props.onClose}
      onConfirm={async (reason?: string) => {
        await change.mutateAsync({ organizationId: organization.id, reason: reason ?? '' })
        toast(decision.done(organization.name))
      }}
    >
      <Text>{decision.effect}</Text>
    </AskingDialog>
  )
}
