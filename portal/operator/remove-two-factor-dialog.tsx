import { Text } from '@mantine/core'
import { useState } from 'react'
import type { Refusal } from '../api'
import { ConfirmDialog } from '../ui/dialog'
import { personName } from '../ui/person-name'
import { toast } from '../ui/toast'
import { type ListedAccount, useRemoveSecondFactorOf } from './queries'
import { ReasonField } from './reason-field'

/** For somebody who has lost the phone and the recovery codes. */
export function RemoveTwoFactorDialog(props: { account: ListedAccount; onClose: () => void }) {
  const { account } = props
  const name = personName(account)
  const [reason, setReason] = useState('')
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const remove = useRemoveSecondFactorOf()
  return (
    <ConfirmDialog
      title={`Remove two-factor of ${name}?`}
      danger
      onClose={props.onClose}
      onConfirm={async () => {
        setRefusal(null)
        await remove.mutateAsync({ accountId: account.id, reason })
        toast(`Two-factor of ${name} is removed.`)
      }}
      onRefusal={(refusal) => {
        setRefusal(refusal)
        return refusal.errors.length > 0
      }}
    >
      <Text>From then on the password alone signs in. Make sure that it is {name} who asks for it.</Text>
      <ReasonField value={reason} onChange={setReason} error={refusal?.errors[0]?.message} />
    </ConfirmDialog>
  )
}
