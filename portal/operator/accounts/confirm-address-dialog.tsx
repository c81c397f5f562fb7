import { Text } from '@mantine/core'
import { ConfirmDialog } from '../../ui/dialog'
import { personName } from '../../ui/person-name'
import { toast } from '../../ui/toast'
import { useSeen } from '../../ui/use-seen'
import { type ListedAccount, useConfirmAddress } from '../queries'

export function ConfirmAddressDialog(props: { account: ListedAccount; onClose: () => void }) {
  const { seen: account, lookAgain } = useSeen(props.account)
  const confirm = useConfirmAddress()
  return (
    <ConfirmDialog
      title={`Confirm the address of ${personName(account)}?`}
      onClose={props.onClose}
      onChanged={lookAgain}
      onConfirm={async () => {
        await confirm.mutateAsync({ accountId: account.id, email: account.email })
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
