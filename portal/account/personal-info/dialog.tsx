import { useForm } from '@mantine/form'
import { t } from '../../../src/platform/messages/t'
import { useMe } from '../../session'
import { NameFields } from '../../sign-in/register/name-fields'
import { CountrySelect } from '../../ui/country-select'
import { ConfirmDialog } from '../../ui/dialog'
import { toast } from '../../ui/toast'
import { useUpdateOwnAccount } from '../queries'

const autofocus = { 'data-autofocus': true }

export function PersonalInfoDialog(props: { onClose: () => void }) {
  const { firstName, lastName, country } = useMe().account
  const update = useUpdateOwnAccount()
  const form = useForm({ mode: 'uncontrolled', initialValues: { firstName, lastName, country } })
  return (
    <ConfirmDialog
      title={t('Edit personal info')}
      onClose={props.onClose}
      form={form}
      onConfirm={async () => {
        await update.mutateAsync(form.getValues())
        toast(t('Personal info updated.'))
      }}
    >
      <NameFields
        firstName={{ ...form.getInputProps('firstName'), ...autofocus }}
        lastName={form.getInputProps('lastName')}
      />
      <CountrySelect key={form.key('country')} {...form.getInputProps('country')} />
    </ConfirmDialog>
  )
}
