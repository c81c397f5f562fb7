import { Text } from '@mantine/core'
import { useRef } from 'react'
import { ConfirmDialog } from '../../ui/dialog'
import { counted } from '../../ui/person-name'
import { toast } from '../../ui/toast'
import { useSeen } from '../../ui/use-seen'
import { EndDateField, endOf } from '../organizations/end-date-field'
import { useDecideRoleRequests } from '../queries'
import { PartsList, toDecide } from './parts-list'
import type { DecidablePart } from './request-card'

export function AcceptDialog(props: { parts: DecidablePart[]; onClose: () => void }) {
  const { seen: parts, lookAgain } = useSeen(props.parts)
  const end = useRef<HTMLInputElement>(null)
  const decide = useDecideRoleRequests()
  return (
    <ConfirmDialog
      title={`Accept ${counted(parts.length, 'role')}`}
      onClose={props.onClose}
      onChanged={lookAgain}
      onConfirm={async () => {
        const expiresAt = endOf(end.current!)
        await decide.mutateAsync({ decisions: parts.map((part) => ({ ...toDecide(part), accept: true, expiresAt })) })
        toast(`${counted(parts.length, 'role')} accepted.`)
      }}
    >
      <Text>All members get what you accept at once. It replaces what the organization held in its place.</Text>
      <PartsList parts={parts} />
      <EndDateField ref={end} />
    </ConfirmDialog>
  )
}
