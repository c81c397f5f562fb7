import { counted } from '../../ui/person-name'
import { ReasonDialog } from '../../ui/reason-dialog'
import { toast } from '../../ui/toast'
import { useSeen } from '../../ui/use-seen'
import { useDecideRoleRequests } from '../queries'
import { PartsList, toDecide } from './parts-list'
import type { DecidablePart } from './request-card'

export function RefuseDialog(props: { parts: DecidablePart[]; onClose: () => void }) {
  const { seen: parts, lookAgain } = useSeen(props.parts)
  const decide = useDecideRoleRequests()
  return (
    <ReasonDialog
      title={`Refuse ${counted(parts.length, 'role')}`}
      danger
      onClose={props.onClose}
      onChanged={lookAgain}
      onConfirm={async (reason) => {
        await decide.mutateAsync({ decisions: parts.map((part) => ({ ...toDecide(part), accept: false, reason })) })
        toast(`${counted(parts.length, 'role')} refused.`, 'bad')
      }}
    >
      <PartsList parts={parts} />
    </ReasonDialog>
  )
}
