import { Text } from '@mantine/core'
import { TextLink } from '../../ui/link'
import { personName } from '../../ui/person-name'
import { ReasonDialog } from '../../ui/reason-dialog'
import { toast } from '../../ui/toast'
import { type ListedAccount, useDisableAccount } from '../queries'

export function DisableAccountDialog(props: { account: ListedAccount; onClose: () => void }) {
  const { account } = props
  const name = personName(account)
  const disable = useDisableAccount()
  const { organization } = account
  return (
    <ReasonDialog
      title={`Disable the account of ${name}?`}
      danger
      onClose={props.onClose}
      onConfirm={async (reason) => {
        await disable.mutateAsync({ accountId: account.id, reason })
        toast(`The account of ${name} is disabled.`, 'bad')
      }}
      onRefused={({ code }) =>
        code === 'sole_admin' &&
        organization && (
          <TextLink to="/operator/organizations/$organizationId" params={{ organizationId: organization.id }}>
            {organization.name}
          </TextLink>
        )
      }
    >
      <Text>
        {name} is signed out everywhere and cannot sign in any more. All access ends at once.
        {organization && ` The membership of ${organization.name} stays, without admin privileges.`}
      </Text>
    </ReasonDialog>
  )
}
