import { SimpleGrid, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMe } from '../session'
import { CountrySelect } from '../ui/country-select'
import { ConfirmDialog } from '../ui/dialog'
import { remaining, showFieldErrors } from '../ui/form'
import { toast } from '../ui/toast'
import { useUpdateOwnAccount } from './own-account-queries'

export function PersonalInfoDialog(props: { onClose: () => void }) {
  const { firstName, lastName, country } = useMe().account
  const update = useUpdateOwnAccount()
  const form = useForm({ mode: 'uncontrolled', initialValues: { firstName, lastName, country } })
  return (
    <ConfirmDialog
      title="Edit personal info"
      onClose={props.onClose}
      onConfirm={async () => {
        form.clearErrors()
        await update.mutateAsync(form.getValues())
        toast('Your personal info is changed.')
      }}
      onRefusal={(refusal) => {
        showFieldErrors(form, refusal)
        return remaining(refusal, ['firstName', 'lastName', 'country']) === null
      }}
    >
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md">
        <TextInput
          label="First name"
          autoComplete="given-name"
          required
          key={form.key('firstName')}
          {...form.getInputProps('firstName')}
          data-autofocus
        />
        <TextInput
          label="Last name"
          autoComplete="family-name"
          required
          key={form.key('lastName')}
          {...form.getInputProps('lastName')}
        />
      </SimpleGrid>
      <CountrySelect key={form.key('country')} {...form.getInputProps('country')} />
    </ConfirmDialog>
  )
}
