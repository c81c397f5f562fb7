import { Text } from '@mantine/core'
import { ConfirmDialog } from '../ui/dialog'
import { personName } from '../ui/person-name'
import { toast } from '../ui/toast'
import { type ListedAccount, useConfirmAddress } from './queries'

export function ConfirmAddressDialog(props: { account: ListedAccount; onClose: () => void }) {
  const { account } = props
  const confirm = useConfirmAddress()
  return (
    <ConfirmDialog
      title={`Confirm the address of ${personName(account)}?`}
      onClose={props.onClose}
      onConfirm={async () => {
        await confirm.mutateAsync({ accountId: account.id })
        toast(`The address ${account.email} is confirmed.`)
      }}
    >
      <Text>
        You vouch that <b>{account.email}</b> belongs to {personName(account)}. Invitations made for this address or its
        domain then work for this account.
      </Text>
    </ConfirmDialog>
  )
}
