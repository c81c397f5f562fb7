import { useState } from 'react'
import { ConfirmDialog } from '../ui/dialog'
import { count } from '../ui/person-name'
import { toast } from '../ui/toast'
import { PartsList, toDecide } from './parts-list'
import { useDecideRoleRequests } from './queries'
import { ReasonField } from './reason-field'
import type { DecidablePart } from './request-card'

export function RefuseDialog(props: { parts: DecidablePart[]; onClose: () => void }) {
  const { parts } = props
  const [reason, setReason] = useState('')
  const [error, setError] = useState<string>()
  const decide = useDecideRoleRequests()
  return (
    <ConfirmDialog
      title={`Refuse ${count(parts.length, 'role')}`}
      danger
      onClose={props.onClose}
      onConfirm={async () => {
        setError(undefined)
        await decide.mutateAsync({ decisions: parts.map((part) => ({ ...toDecide(part), accept: false, reason })) })
        toast(`${count(parts.length, 'role')} refused.`)
      }}
      onRefusal={(refusal) => {
        const wrong = refusal.errors.find(({ path }) => path.endsWith('.reason'))
        setError(wrong?.message)
        return wrong !== undefined
      }}
    >
      <PartsList parts={parts} />
      <ReasonField value={reason} onChange={setReason} error={error} />
    </ConfirmDialog>
  )
}
