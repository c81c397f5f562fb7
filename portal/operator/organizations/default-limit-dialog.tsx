import { Radio, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { ApiError } from '../../api'
import { ConfirmDialog } from '../../ui/dialog'
import { NumberField } from '../../ui/number-field'
import { type NumberValue, numberToSend } from '../../ui/read-number'
import { toast } from '../../ui/toast'
import { useSeen } from '../../ui/use-seen'
import { useSetDefaultLimit } from '../queries'
import { limitInWords } from './limit-in-words'

export function DefaultLimitDialog(props: { limit: number | null; onClose: () => void }) {
  const { seen, changed, lookAgain } = useSeen(props.limit)
  const before = props.limit === null ? 'any' : 'at-most'
  const [kind, setKind] = useState(before)
  const [limit, setLimit] = useState<NumberValue>(props.limit ?? '')
  const [refusal, setRefusal] = useState<ApiError | null>(null)
  const change = useSetDefaultLimit()
  return (
    <ConfirmDialog
      title="Set default users limit"
      onClose={props.onClose}
      onChanged={lookAgain}
      onConfirm={async () => {
        setRefusal(null)
        await change.mutateAsync({ limit: kind === 'any' ? null : numberToSend(limit), seen })
        toast('The default users limit is set.')
      }}
      onRefusal={(refusal) => {
        setRefusal(refusal)
        return refusal.errors.length > 0
      }}
    >
      {changed && <Text>The default users limit is {limitInWords(seen)} now.</Text>}
      <Radio.Group
        label="Default users limit"
        description="For organizations without a users limit of their own. Nobody is removed by it."
        value={kind}
        onChange={setKind}
      >
        <Stack gap="xs" pt={8}>
          <Radio value="any" label="Any number" data-autofocus={before === 'any' || undefined} />
          <Radio value="at-most" label="At most this many members" data-autofocus={before === 'at-most' || undefined} />
        </Stack>
      </Radio.Group>
      {kind === 'at-most' && (
        <NumberField label="Limit" value={limit} error={refusal?.errors[0]?.message} onChange={setLimit} />
      )}
    </ConfirmDialog>
  )
}
