import { Text } from '@mantine/core'
import { personName } from '../../ui/person-name'
import { ReasonDialog } from '../../ui/reason-dialog'
import { useSeen } from '../../ui/use-seen'
import { type ListedAccount, useMakeResetLink } from '../queries'

/** For whoever forgot the password, on a site without mail or without access to it: a link to hand over. */
export function OneTimeLinkDialog(props: {
  account: ListedAccount
  onMade: (link: string) => void
  onClose: () => void
}) {
  const { seen: account, lookAgain } = useSeen(props.account)
  const name = personName(account)
  const make = useMakeResetLink()
  return (
    <ReasonDialog
      title={`One-time link for ${name}`}
      closes={false}
      description="Why, and how you know that it is them. It is kept under Activity. At most 1000 characters."
      onClose={props.onClose}
      onChanged={lookAgain}
      onConfirm={async (reason) => {
        const { link } = await make.mutateAsync({ accountId: account.id, email: account.email, reason })
        props.onMade(link)
      }}
    >
      <Text>
        Whoever has the link can set a new password for this account. Make sure that it is {name},{' '}
        <b>{account.email}</b>, who asks, and hand the link over yourself.
      </Text>
    </ReasonDialog>
  )
}
