import { Text } from '@mantine/core'
import { useState } from 'react'
import type { Organization } from '../../src/membership/organizations/schema'
import { ConfirmDialog } from '../ui/dialog'
import { LimitField } from '../ui/limit-field'
import { type NumberValue, numberToSend } from '../ui/read-number'
import { ReasonField } from '../ui/reason-field'
import { toast } from '../ui/toast'
import { useRequestHigherLimit } from './queries'

export function RequestLimitDialog(props: { organization: Organization; onClose: () => void }) {
  const { organization } = props
  const [limit, setLimit] = useState<NumberValue>(organization.limitWanted?.limit ?? '')
  const [reason, setReason] = useState('')
  const request = useRequestHigherLimit()
  return (
    <ConfirmDialog
      title="Request higher users limit"
      onClose={props.onClose}
      onConfirm={async () => {
        await request.mutateAsync({ organizationId: organization.id, limit: numberToSend(limit), reason })
        toast('A higher users limit is requested. An operator decides about it.')
      }}
    >
      <Text>Your organization may have {organization.memberLimit} members now.</Text>
      <LimitField value={limit} onChange={setLimit} data-autofocus />
      <ReasonField
        description="An operator decides by it. At most 1000 characters."
        value={reason}
        onChange={setReason}
      />
    </ConfirmDialog>
  )
}
