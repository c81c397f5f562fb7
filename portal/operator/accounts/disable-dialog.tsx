import { Text } from '@mantine/core'
import { isolated } from '../../../src/platform/input/isolated'
import { personName } from '../../../src/platform/input/names'
import { t } from '../../../src/platform/messages/t'
import { useRefusal } from '../../ui/field-errors'
import { TextLink } from '../../ui/link'
import { ReasonDialog } from '../../ui/reason-dialog'
import { toast } from '../../ui/toast'
import { type ListedAccount, useDisableAccount } from './queries'

export function DisableAccountDialog(props: { account: ListedAccount; onClose: () => void }) {
  const { account } = props
  const name = personName(account)
  const disable = useDisableAccount()
  const { organization } = account
  return (
    <ReasonDialog
      title={t('Disable {name}’s account?', { name })}
      danger
      onClose={props.onClose}
      onConfirm={async (reason) => {
        await disable.mutateAsync({ accountId: account.id, reason })
        toast(t('{name}’s account was disabled.', { name }), 'neutral')
      }}
      below={organization && <SoleAdminOf organization={organization} />}
    >
      <Text>
        {organization
          ? t(
              '{name} is signed out everywhere and can no longer sign in. All access ends immediately. They remain a member of {organization}, without admin privileges.',
              { name, organization: isolated(organization.name) },
            )
          : t('{name} is signed out everywhere and can no longer sign in. All access ends immediately.', { name })}
      </Text>
    </ReasonDialog>
  )
}

/** After a refusal: where someone else can be given admin privileges first. */
function SoleAdminOf(props: { organization: NonNullable<ListedAccount['organization']> }) {
  const { id: organizationId, name } = props.organization
  if (useRefusal()?.code !== 'sole_admin') return null
  return (
    <TextLink to="/operator/organizations/$organizationId" params={{ organizationId }}>
      {name}
    </TextLink>
  )
}
