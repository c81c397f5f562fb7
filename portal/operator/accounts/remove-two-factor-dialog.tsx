import { Text } from '@mantine/core'
import { personName } from '../../../src/platform/input/names'
import { t } from '../../../src/platform/messages/t'
import { Message } from '../../ui/message'
import { ReasonDialog } from '../../ui/reason-dialog'
import { toast } from '../../ui/toast'
import { useSnapshot } from '../../ui/use-snapshot'
import { type ListedAccount, useRemoveSecondFactorOf } from './queries'

/** For people who have lost both their phone and their recovery codes. */
export function RemoveTwoFactorOfDialog(props: { account: ListedAccount; onClose: () => void }) {
  const { seen: account, lookAgain } = useSnapshot(props.account)
  const name = personName(account)
  const remove = useRemoveSecondFactorOf()
  return (
    <ReasonDialog
      title={t('Remove two-factor authentication from {name}’s account?', { name })}
      danger
      onClose={props.onClose}
      onChanged={lookAgain}
      onConfirm={async (reason) => {
        await remove.mutateAsync({ accountId: account.id, email: account.email, reason })
        toast(t('Two-factor authentication removed from {name}’s account.', { name }), 'neutral')
      }}
    >
      <Text>
        <Message
          text="They can then sign in with only their password. Make sure that {name} ({email}) really made this request."
          values={{ name, email: <b>{account.email}</b> }}
        />
      </Text>
    </ReasonDialog>
  )
}
