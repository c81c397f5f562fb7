import { Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { t } from '../../../src/platform/messages/t'
import { ConfirmDialog } from '../../ui/dialog'
import { toast } from '../../ui/toast'
import { useChangeOwnAddress } from '../queries'

export function ChangeAddressDialog(props: {
  /** Whether the site sends mail: then the new address has to be confirmed first. */
  mail: boolean
  onMailed: (email: string) => void
  onClose: () => void
}) {
  const change = useChangeOwnAddress()
  const form = useForm({ mode: 'uncontrolled', initialValues: { email: '' } })
  return (
    <ConfirmDialog
      title={t('Change address')}
      onClose={props.onClose}
      form={form}
      onConfirm={async () => {
        const email = form.getValues().email.trim().toLowerCase()
        const { mailed } = await change.mutateAsync({ email })
        if (mailed) props.onMailed(email)
        toast(mailed ? t('Link sent to {email}.', { email }) : t('E-mail address changed to {email}.', { email }))
      }}
      onRefusal={(refusal) => (refusal.code === 'address_taken' ? refusal.at('email') : refusal)}
    >
      <Text>
        {props.mail
          ? t(
              'We’ll send a link to the new address. Once you confirm it, you sign in with the new address, and we notify both addresses.',
            )
          : t('From then on, you sign in with the new address.')}
      </Text>
      <TextInput
        label={t('New address')}
        type="email"
        autoComplete="email"
        required
        key={form.key('email')}
        {...form.getInputProps('email')}
        data-autofocus
      />
    </ConfirmDialog>
  )
}
