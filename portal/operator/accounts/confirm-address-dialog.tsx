import { Text } from '@mantine/core'
import { personName } from '../../../src/platform/input/names'
import { t } from '../../../src/platform/messages/t'
import { ConfirmDialog } from '../../ui/dialog'
import { Message } from '../../ui/message'
import { toast } from '../../ui/toast'
import { useSnapshot } from '../../ui/use-snapshot'
import { type ListedAccount, useConfirmAddress } from './queries'

export function ConfirmAddressDialog(props: { account: ListedAccount; onClose: () => void }) {
  const { seen: account, lookAgain } = useSnapshot(props.account)
  const confirm = useConfirmAddress()
  return (
    <ConfirmDialog
      title={t('Confirm the e-mail address of {name}?', { name: personName(account) })}
      onClose={props.onClose}
      onChanged={lookAgain}
      onConfirm={async () => {
        await confirm.mutateAsync({ accountId: account.id, email: account.email })
        toast(t('E-mail address {email} confirmed.', { email: account.email }))
      }}
    >
      <Text>
        <Message
          text="You confirm that {email} belongs to {name}. Invitations for this address or its domain will then work for this account."
          values={{ email: <b>{account.email}</b>, name: personName(account) }}
        />
      </Text>
    </ConfirmDialog>
  )
}
