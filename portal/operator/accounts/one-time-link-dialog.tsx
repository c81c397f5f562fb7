import { Text } from '@mantine/core'
import { personName } from '../../../src/platform/input/names'
import { t } from '../../../src/platform/messages/t'
import { Message } from '../../ui/message'
import { ReasonDialog } from '../../ui/reason-dialog'
import { useSnapshot } from '../../ui/use-snapshot'
import { type ListedAccount, useMakeResetLink } from './queries'

/** For people who forgot their password and cannot get mail from the site: a link that the operator gives to them. */
export function OneTimeLinkDialog(props: {
  account: ListedAccount
  onMade: (link: string) => void
  onClose: () => void
}) {
  const { seen: account, lookAgain } = useSnapshot(props.account)
  const name = personName(account)
  const make = useMakeResetLink()
  return (
    <ReasonDialog
      title={t('Create a one-time link for {name}?', { name })}
      closes={false}
      description={t(
        'Explain why, and how you verified their identity. This is recorded under Activity. Up to 1,000 characters.',
      )}
      onClose={props.onClose}
      onChanged={lookAgain}
      onConfirm={async (reason) => {
        const { link } = await make.mutateAsync({ accountId: account.id, email: account.email, reason })
        props.onMade(link)
      }}
    >
      <Text>
        <Message
          text="Anyone with this link can set a new password for this account. Make sure that {name} ({email}) really made this request, and give them the link yourself."
          values={{ name, email: <b>{account.email}</b> }}
        />
      </Text>
    </ReasonDialog>
  )
}
