import { Text } from '@mantine/core'
import { ConfirmDialog } from '../../ui/dialog'
import { personName } from '../../ui/person-name'
import { toast } from '../../ui/toast'
import { type ListedAccount, useEnableAccount } from '../queries'

export function EnableAccountDialog(props: { account: ListedAccount; onClose: () => void }) {
  const { account } = props
  const name = personName(account)
  const enable = useEnableAccount()
  return (
    <ConfirmDialog
      title={`Enable the account of ${name}?`}
      onClose={props.onClose}
      onConfirm={async () => {
        await enable.mutateAsync({ accountId: account.id, disabledAt: account.disabledAt! })
        toast(`The account of ${name} is enabled.`)
      }}
    >
      <Text>
        {name} can sign in again
        {account.organization && `, and has again what members of ${account.organization.name} have`}. Admin privileges
        do not come back by themselves.
      </Text>
    </ConfirmDialog>
  )
}
