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
      title={t('Remove two-factor authentication of {name}?', { name })}
      danger
      onClose={props.onClose}
      onChanged={lookAgain}
      onConfirm={async (reason) => {
        await remove.mutateAsync({ accountId: account.id, email: account.email, reason })
        toast(t('Two-factor authentication of {name} removed.', { name }), 'bad')
      }}
    >
      <Text>
        <Message
          text="Afterwards, their password alone is enough to sign in. Make sure that the request really comes from {name}, {email}."
          values={{ name, email: <b>{account.email}</b> }}
        />
      </Text>
    </ReasonDialog>
  )
}
