import { Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { t } from '../../../src/platform/messages/t'
import { useSiteInfo } from '../../sign-in/queries'
import { NewPasswordField } from '../../sign-in/register/new-password-field'
import { OwnUsernameField } from '../../sign-in/username-field'
import { ConfirmDialog } from '../../ui/dialog'
import { DialogButton } from '../../ui/dialog-button'
import { Section } from '../../ui/page'
import { toast } from '../../ui/toast'
import { useChangePassword } from '../queries'

/** Shown only if the site has its own passwords. */
export function PasswordSection() {
  const { data: site } = useSiteInfo()
  if (!site?.passwords) return null
  return (
    <Section title={t('Password')}>
      <Stack className="surface" gap="lg" align="flex-start">
        <Text>{t('Use a password that you don’t use anywhere else.')}</Text>
        <DialogButton dialog={(onClose) => <ChangePasswordDialog onClose={onClose} />}>
          {t('Change password')}
        </DialogButton>
      </Stack>
    </Section>
  )
}

function ChangePasswordDialog(props: { onClose: () => void }) {
  const change = useChangePassword()
  const form = useForm({ mode: 'uncontrolled', initialValues: { password: '' } })
  return (
    <ConfirmDialog
      title={t('Change password')}
      onClose={props.onClose}
      form={form}
      onConfirm={async () => {
        await change.mutateAsync(form.getValues())
        toast(t('Password changed.'))
      }}
    >
      <Text>{t('You stay signed in here and are signed out on all other devices.')}</Text>
      <OwnUsernameField />
      <NewPasswordField
        label={t('New password')}
        key={form.key('password')}
        {...form.getInputProps('password')}
        data-autofocus
      />
    </ConfirmDialog>
  )
}
