import { formatMessage } from '../../../src/platform/messages/format-message'
import { ReasonDialog } from '../../ui/reason-dialog'
import { toast } from '../../ui/toast'
import { useSnapshot } from '../../ui/use-snapshot'
import { PartsList, toDecide } from './parts-list'
import { useDecideRoleRequests } from './queries'
import type { DecidablePart } from './request-card'

export function RefuseDialog(props: { parts: DecidablePart[]; onClose: () => void }) {
  const { seen: parts, lookAgain } = useSnapshot(props.parts)
  const decide = useDecideRoleRequests()
  return (
    <ReasonDialog
      title={formatMessage('{count, plural, one {Refuse # role?} other {Refuse # roles?}}', { count: parts.length })}
      danger
      onClose={props.onClose}
      onChanged={lookAgain}
      onConfirm={async (reason) => {
        await decide.mutateAsync({ decisions: parts.map((part) => ({ ...toDecide(part), accept: false, reason })) })
        toast(
          formatMessage('{count, plural, one {# role refused.} other {# roles refused.}}', { count: parts.length }),
          'bad',
        )
      }}
    >
      <PartsList parts={parts} />
    </ReasonDialog>
  )
}
