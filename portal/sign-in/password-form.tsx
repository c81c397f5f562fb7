import { PasswordInput, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useEffect } from 'react'
import { t } from '../../src/platform/messages/t'
import { ProblemAlert } from '../ui/callout'
import { problemToShow, showFieldErrors } from '../ui/form'
import { SubmitButton } from '../ui/submit-button'
import { useSignIn } from './queries'

/** If the address is known, the focus goes to the password, so that typing on enters it and presses no button. */
export function PasswordForm(props: { email?: string; onCodeWanted: () => void; onSignedIn?: () => void }) {
  const signIn = useSignIn()
  const form = useForm({ mode: 'uncontrolled', initialValues: { email: props.email ?? '', password: '' } })
  const known = Boolean(props.email)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the form appears
  useEffect(() => {
    if (known) form.getInputNode('password')?.focus()
  }, [])
  const submit = form.onSubmit((values) =>
    signIn.mutate(values, {
      onSuccess: ({ secondFactor }) => (secondFactor ? props.onCodeWanted() : props.onSignedIn?.()),
      onError: (refusal) => showFieldErrors(form, refusal),
    }),
  )
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label={t('E-mail')}
          type="email"
          autoComplete="username"
          required
          key={form.key('email')}
          {...form.getInputProps('email')}
        />
        <PasswordInput
          label={t('Password')}
          autoComplete="current-password"
          required
          // A dialog around it moves the focus to the marked element.
          data-autofocus={known || undefined}
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        <ProblemAlert problem={problemToShow(signIn.error, ['email', 'password'])} />
        <SubmitButton busy={signIn.isPending}>{t('Sign in')}</SubmitButton>
      </Stack>
    </form>
  )
}
