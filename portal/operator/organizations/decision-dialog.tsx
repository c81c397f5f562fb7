import { Skeleton, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { acceptOrganization, type Organization } from '../../../src/membership/organizations/schema'
import { isolated } from '../../../src/platform/input/isolated'
import { formatMessage } from '../../../src/platform/messages/format-message'
import { OrganizationFacts } from '../../organization/facts'
import { ConfirmDialog } from '../../ui/dialog'
import { ReasonDialog } from '../../ui/reason-dialog'
import { toast } from '../../ui/toast'
import { useSnapshot } from '../../ui/use-snapshot'
import type { OrganizationDecision } from './decisions'
import { organizationQuery, useDecision } from './queries'

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
      {decision.endsTokens && <EndingTokens organizationId={organization.id} />}
      {changed && <OrganizationFacts organization={organization} />}
    </AskingDialog>
  )
}

function EndingTokens(props: { organizationId: string }) {
  const query = useQuery({ ...organizationQuery(props.organizationId), staleTime: 0 })
  if (query.isPending) return <Skeleton height={22} />
  if (!query.data?.tokens) return null
  return (
    <Text>
      {formatMessage(
        '{count, plural, one {Its token ends permanently, and programs that use it stop working.} other {Its # tokens end permanently, and programs that use them stop working.}}',
        { count: query.data.tokens },
      )}
    </Text>
  )
}
