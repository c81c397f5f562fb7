import { Text } from '@mantine/core'
import { personName } from '../../ui/person-name'
import { ReasonDialog } from '../../ui/reason-dialog'
import { toast } from '../../ui/toast'
import { useSeen } from '../../ui/use-seen'
import { type ListedAccount, useRemoveSecondFactorOf } from '../queries'

/** For somebody who has lost the phone and the recovery codes. */
export function RemoveTwoFactorOfDialog(props: { account: ListedAccount; onClose: () => void }) {
  const { seen: account, lookAgain } = useSeen(props.account)
  const name = personName(account)
  const remove = useRemoveSecondFactorOf()
  return (
    <ReasonDialog
      title={`Remove two-factor of ${name}?`}
      danger
      onClose={props.onClose}
      onChanged={lookAgain}
      onConfirm={async (reason) => {
        await remove.mutateAsync({ accountId: account.id, email: account.email, reason })
        toast(`Two-factor of ${name} is removed.`, 'bad')
      }}
    >
      <Text>
        From then on the password alone signs in. Make sure that it is {name}, <b>{account.email}</b>, who asks for it.
      </Text>
    </ReasonDialog>
  )
}
