import { Text } from '@mantine/core'
import { useState } from 'react'
import { ConfirmDialog } from '../../ui/dialog'
import { LimitChoice, type LimitValue, limitToSend } from '../../ui/limit-field'
import { toast } from '../../ui/toast'
import { useSeen } from '../../ui/use-seen'
import { useSetDefaultLimit } from '../queries'
import { limitInWords } from './limit-in-words'

export function DefaultLimitDialog(props: { limit: number | null; onClose: () => void }) {
  const { seen, changed, lookAgain } = useSeen(props.limit)
  const [limit, setLimit] = useState<LimitValue>(props.limit)
  const change = useSetDefaultLimit()
  return (
    <ConfirmDialog
      title="Set default users limit"
      onClose={props.onClose}
      onChanged={lookAgain}
      onConfirm={async () => {
        await change.mutateAsync({ limit: limitToSend(limit), seen })
        toast('The default users limit is set.')
      }}
    >
      {changed && <Text>The default users limit is {limitInWords(seen)} now.</Text>}
      <LimitChoice
        label="Default users limit"
        description="For organizations without a users limit of their own. Nobody is removed by it."
        choices={[
          { kind: 'none', label: 'Any number' },
          { kind: 'number', label: 'At most this many members' },
        ]}
        value={limit}
        onChange={setLimit}
      />
    </ConfirmDialog>
  )
}
