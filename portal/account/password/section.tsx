import { Button, Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { NewPasswordField } from '../../sign-in/register/new-password-field'
import { OwnUsernameField } from '../../sign-in/username-field'
import { ConfirmDialog } from '../../ui/dialog'
import { Section } from '../../ui/page'
import { toast } from '../../ui/toast'
import { useChangePassword } from '../own-account-queries'
import { siteInfoQuery } from '../queries'

/** Only where the site has passwords of its own. */
export function PasswordSection() {
  const { data: site } = useQuery(siteInfoQuery)
  const [changing, setChanging] = useState(false)
  if (!site?.passwords) return null
  return (
    <Section title="Password">
      <Stack className="surface" gap="lg" align="flex-start">
        <Text>Use one that you use nowhere else.</Text>
        <Button variant="default" onClick={() => setChanging(true)}>
          Change password
        </Button>
      </Stack>
      {changing && <ChangePasswordDialog onClose={() => setChanging(false)} />}
    </Section>
  )
}

function ChangePasswordDialog(props: { onClose: () => void }) {
  const change = useChangePassword()
  const form = useForm({ mode: 'uncontrolled', initialValues: { password: '' } })
  return (
    <ConfirmDialog
      title="Change password"
      onClose={props.onClose}
      form={form}
      onConfirm={async () => {
        await change.mutateAsync(form.getValues())
        toast('Your password is changed.')
      }}
    >
      <Text>You stay signed in here, and are signed out everywhere else.</Text>
      <OwnUsernameField />
      <NewPasswordField
        label="New password"
        key={form.key('password')}
        {...form.getInputProps('password')}
        data-autofocus
      />
    </ConfirmDialog>
  )
}
