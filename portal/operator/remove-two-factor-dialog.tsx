import { Text } from '@mantine/core'
import { personName } from '../ui/person-name'
import { toast } from '../ui/toast'
import { type ListedAccount, useRemoveSecondFactorOf } from './queries'
import { ReasonDialog } from './reason-dialog'

/** For somebody who has lost the phone and the recovery codes. */
export function RemoveTwoFactorDialog(props: { account: ListedAccount; onClose: () => void }) {
  const { account } = props
  const name = personName(account)
  const remove = useRemoveSecondFactorOf()
  return (
    <ReasonDialog
      title={`Remove two-factor of ${name}?`}
      danger
      onClose={props.onClose}
      onConfirm={async (reason) => {
        await remove.mutateAsync({ accountId: account.id, reason })
        toast(`Two-factor of ${name} is removed.`)
      }}
    >
      <Text>From then on the password alone signs in. Make sure that it is {name} who asks for it.</Text>
    </ReasonDialog>
  )
}
