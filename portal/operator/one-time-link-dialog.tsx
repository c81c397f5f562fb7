import { Text } from '@mantine/core'
import { useState } from 'react'
import type { Refusal } from '../api'
import { ConfirmDialog } from '../ui/dialog'
import { personName } from '../ui/person-name'
import { type ListedAccount, useMakeResetLink } from './queries'
import { ReasonField } from './reason-field'

/** For whoever forgot the password, on a site without mail or without access to it: a link to hand over. */
export function OneTimeLinkDialog(props: {
  account: ListedAccount
  onMade: (link: string) => void
  onClose: () => void
}) {
  const { account } = props
  const name = personName(account)
  const [reason, setReason] = useState('')
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const make = useMakeResetLink()
  return (
    <ConfirmDialog
      title={`One-time link for ${name}`}
      onClose={props.onClose}
      onConfirm={async () => {
        setRefusal(null)
        const { link } = await make.mutateAsync({ accountId: account.id, reason })
        props.onMade(link)
      }}
      onRefusal={(refusal) => {
        setRefusal(refusal)
        return refusal.errors.length > 0
      }}
    >
      <Text>
        Whoever has the link can set a new password for this account. Make sure that it is {name} who asks, and hand the
        link over yourself.
      </Text>
      <ReasonField
        description="Why, and how you know that it is them. It is kept under Activity. At most 1000 characters."
        value={reason}
        onChange={setReason}
        error={refusal?.errors[0]?.message}
      />
    </ConfirmDialog>
  )
}
