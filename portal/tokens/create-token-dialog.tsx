import { Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { defaultTokenDays } from '../../src/membership/tokens/schema'
import type { Scope } from '../../src/platform/access/scopes'
import { t } from '../../src/platform/messages/t'
import { useMe } from '../session'
import { ConfirmDialog } from '../ui/dialog'
import { ExpiryField } from './expiry-field'
import { type MadeToken, useCreateToken } from './queries'
import { ScopeFields } from './scope-fields'
import { offeredScopes } from './scopes'

/** Creates a token of the organization or, without one, a personal token. */
export function CreateTokenDialog(props: {
  organizationId: string | null
  onMade: (made: MadeToken) => void
  onClose: () => void
}) {
  const ofOrganization = props.organizationId !== null
  const { operator } = useMe().account
  const create = useCreateToken(props.organizationId)
  const form = useForm({ initialValues: { name: '', scopes: [] as Scope[], days: defaultTokenDays } })
  return (
    <ConfirmDialog
      title={t('Create token')}
      size="lg"
      confirmLabel={t('Create token')}
      form={form}
      onClose={props.onClose}
      onConfirm={async () => {
        const { scopes } = form.values
        props.onMade({ ...(await create(form.values)), scopes })
      }}
    >
      <Text>
        {ofOrganization
          ? t(
              'A program that has the token can do what you can do as an admin, within these scopes. The token acts in your name. It ends when you leave the organization or lose admin privileges.',
            )
          : operator
            ? t('A program that has the token can do what you can do, also as an operator, within these scopes.')
            : t('A program that has the token can do what you can do, within these scopes.')}
      </Text>
      <TextInput
        label={t('Name')}
        description={t('What it is for, so that you recognize it later.')}
        data-autofocus
        maxLength={60}
        {...form.getInputProps('name')}
      />
      <ScopeFields offered={offeredScopes({ ofOrganization, operator })} {...form.getInputProps('scopes')} />
      <ExpiryField value={form.values.days} onChange={(days) => form.setFieldValue('days', days)} />
    </ConfirmDialog>
  )
}
