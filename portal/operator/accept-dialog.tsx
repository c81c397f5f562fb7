import { Text } from '@mantine/core'
import { useState } from 'react'
import { ConfirmDialog } from '../ui/dialog'
import { count } from '../ui/person-name'
import { toast } from '../ui/toast'
import { useSeen } from '../ui/use-seen'
import { EndDateField, endOf } from './end-date-field'
import { PartsList, toDecide } from './parts-list'
import { useDecideRoleRequests } from './queries'
import type { DecidablePart } from './request-card'

export function AcceptDialog(props: { parts: DecidablePart[]; onClose: () => void }) {
  const { seen: parts, lookAgain } = useSeen(props.parts)
  const [day, setDay] = useState('')
  const [error, setError] = useState<string>()
  const decide = useDecideRoleRequests()
  return (
    <ConfirmDialog
      title={`Accept ${count(parts.length, 'role')}`}
      onClose={props.onClose}
      onChanged={lookAgain}
      onConfirm={async () => {
        setError(undefined)
        const expiresAt = endOf(day)
        await decide.mutateAsync({ decisions: parts.map((part) => ({ ...toDecide(part), accept: true, expiresAt })) })
        toast(`${count(parts.length, 'role')} accepted.`)
      }}
      onRefusal={(refusal) => {
        if (refusal.code !== 'end_in_the_past') return false
        setError(refusal.message)
        return true
      }}
    >
      <Text>All members get what you accept at once. It replaces what the organization held in its place.</Text>
      <PartsList parts={parts} />
      <EndDateField value={day} onChange={setDay} error={error} />
    </ConfirmDialog>
  )
}
