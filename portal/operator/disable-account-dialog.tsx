import { Text } from '@mantine/core'
import { useState } from 'react'
import type { Refusal } from '../api'
import { ConfirmDialog } from '../ui/dialog'
import { TextLink } from '../ui/link'
import { personName } from '../ui/person-name'
import { toast } from '../ui/toast'
import { type ListedAccount, useDisableAccount } from './queries'
import { ReasonField } from './reason-field'

export function DisableAccountDialog(props: { account: ListedAccount; onClose: () => void }) {
  const { account } = props
  const name = personName(account)
  const [reason, setReason] = useState('')
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const disable = useDisableAccount()
  const { organization } = account
  return (
    <ConfirmDialog
      title={`Disable the account of ${name}?`}
      danger
      onClose={props.onClose}
      onConfirm={async () => {
        setRefusal(null)
        await disable.mutateAsync({ accountId: account.id, reason })
        toast(`The account of ${name} is disabled.`)
      }}
      onRefusal={(refusal) => {
        setRefusal(refusal)
        return refusal.errors.length > 0
      }}
    >
      <Text>
        {name} is signed out everywhere and cannot sign in any more. All access ends at once.
        {organization && ` The membership of ${organization.name} stays, without admin privileges.`}
      </Text>
      <ReasonField value={reason} onChange={setReason} error={refusal?.errors[0]?.message} />
      {refusal?.code === 'sole_admin' && organization && (
        <TextLink to="/operator/organizations/$organizationId" params={{ organizationId: organization.id }}>
          {organization.name}
        </TextLink>
      )}
    </ConfirmDialog>
  )
}
