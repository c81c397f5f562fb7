import { Text } from '@mantine/core'
import { acceptOrganization, type Organization } from '../../../src/membership/organizations/schema'
import { isolated } from '../../../src/platform/input/isolated'
import { OrganizationFacts } from '../../organization/facts'
import { ConfirmDialog } from '../../ui/dialog'
import { ReasonDialog } from '../../ui/reason-dialog'
import { toast } from '../../ui/toast'
import { useSnapshot } from '../../ui/use-snapshot'
import type { OrganizationDecision } from './decisions'
import { useDecision } from './queries'

export function DecisionDialog(props: {
  organization: Organization
  decision: OrganizationDecision
  onClose: () => void
}) {
  const { decision } = props
  const { seen: organization, changed, lookAgain } = useSnapshot(props.organization)
  const name = isolated(organization.name)
  const change = useDecision(decision)
  const AskingDialog = decision.endpoint === acceptOrganization ? ConfirmDialog : ReasonDialog
  return (
    <AskingDialog
      title={decision.title(name)}
      danger={decision.danger ?? false}
      onClose={props.onClose}
      onChanged={lookAgain}
      onConfirm={async (reason?: string) => {
        const { id: organizationId, stateVersion } = organization
        // Accepting takes no reason, and the contract refuses unknown fields: JSON leaves out what is undefined.
        await change.mutateAsync({ organizationId, stateVersion, reason })
        toast(decision.done(name), decision.tone)
      }}
    >
      <Text>{decision.effect}</Text>
      {changed && <OrganizationFacts organization={organization} />}
    </AskingDialog>
  )
}
