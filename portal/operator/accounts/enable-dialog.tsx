import { Text } from '@mantine/core'
import { isolated } from '../../../src/platform/input/isolated'
import { personName } from '../../../src/platform/input/names'
import { t } from '../../../src/platform/messages/t'
import { ConfirmDialog } from '../../ui/dialog'
import { toast } from '../../ui/toast'
import { type ListedAccount, useEnableAccount } from './queries'

export function EnableAccountDialog(props: { account: ListedAccount; onClose: () => void }) {
  const { account } = props
  const { organization } = account
  const name = personName(account)
  const enable = useEnableAccount()
  return (
    <ConfirmDialog
      title={t('Enable {name}’s account?', { name })}
      onClose={props.onClose}
      onConfirm={async () => {
        await enable.mutateAsync({ accountId: account.id, disabledAt: account.disabledAt! })
        toast(t('{name}’s account was enabled.', { name }))
      }}
    >
      <Text>
        {organization
          ? t(
              '{name} can sign in again and regains the access of a member of {organization}. Admin privileges are not restored.',
              { name, organization: isolated(organization.name) },
            )
          : t('{name} can sign in again. Admin privileges are not restored.', { name })}
      </Text>
    </ConfirmDialog>
  )
}
