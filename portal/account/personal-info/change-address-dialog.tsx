import { Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { ConfirmDialog } from '../../ui/dialog'
import { toast } from '../../ui/toast'
import { useChangeOwnAddress } from '../own-account-queries'

export function ChangeAddressDialog(props: {
  /** Whether the site sends mail, and the new address has to be confirmed first. */
  mail: boolean
  onMailed: (email: string) => void
  onClose: () => void
}) {
  const change = useChangeOwnAddress()
  const form = useForm({ mode: 'uncontrolled', initialValues: { email: '' } })
  return (
    <ConfirmDialog
      title="Change address"
      onClose={props.onClose}
      form={form}
      onConfirm={async () => {
        const email = form.getValues().email.trim().toLowerCase()
        const { mailed } = await change.mutateAsync({ email })
        if (mailed) props.onMailed(email)
        toast(mailed ? `A link went to ${email}.` : `Your address is ${email}.`)
      }}
      onRefusal={(refusal) => (refusal.code === 'address_taken' ? refusal.at('email') : refusal)}
    >
      <Text>
        {props.mail
          ? 'A link goes to the new address. Once you open it, you sign in with the new one, and both addresses are told.'
          : 'From then on you sign in with the new address.'}
      </Text>
      <TextInput
        label="New address"
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
