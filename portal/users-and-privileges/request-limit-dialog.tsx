import { Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import type { Organization } from '../../src/membership/organizations/schema'
import type { ApiError } from '../api'
import { ConfirmDialog } from '../ui/dialog'
import { NumberField } from '../ui/number-field'
import { type NumberValue, numberToSend } from '../ui/read-number'
import { toast } from '../ui/toast'
import { useRequestHigherLimit } from './queries'

export function RequestLimitDialog(props: { organization: Organization; onClose: () => void }) {
  const { organization } = props
  const [limit, setLimit] = useState<NumberValue>(organization.limitWanted?.limit ?? '')
  const [reason, setReason] = useState('')
  const [refusal, setRefusal] = useState<ApiError | null>(null)
  const request = useRequestHigherLimit()
  return (
    <ConfirmDialog
      title="Request higher users limit"
      onClose={props.onClose}
      onConfirm={async () => {
        setRefusal(null)
        await request.mutateAsync({ organizationId: organization.id, limit: numberToSend(limit), reason })
        toast('A higher users limit is requested. An operator decides about it.')
      }}
      onRefusal={(refusal) => {
        setRefusal(refusal)
        return refusal.errors.length > 0 || refusal.code === 'limit_not_higher'
      }}
    >
      <Text>Your organization may have {organization.memberLimit} members now.</Text>
      <NumberField
        label="Limit"
        value={limit}
        error={refusal?.errorAt('limit') ?? (refusal?.code === 'limit_not_higher' ? refusal.message : undefined)}
        onChange={setLimit}
        data-autofocus
      />
      <Textarea
        label="Reason"
        description="An operator decides by it. At most 1000 characters."
        required
        autosize
        minRows={3}
        maxRows={10}
        value={reason}
        error={refusal?.errorAt('reason')}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </ConfirmDialog>
  )
}
