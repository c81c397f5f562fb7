import { PasswordInput, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useEffect } from 'react'
import { useSignIn } from '../account/queries'
import { ProblemAlert } from '../ui/callout'
import { remaining, showFieldErrors } from '../ui/form'
import { SubmitButton } from '../ui/submit-button'

/** Where the address is known, only the password is waited for: whoever types on types it, and presses no button. */
export function PasswordForm(props: { email?: string; onCodeWanted: () => void; onSignedIn?: () => void }) {
  const signIn = useSignIn()
  const form = useForm({ mode: 'uncontrolled', initialValues: { email: props.email ?? '', password: '' } })
  const known = Boolean(props.email)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the form comes
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
          label="E-mail"
          type="email"
          autoComplete="username"
          required
          key={form.key('email')}
          {...form.getInputProps('email')}
        />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          required
          // The window that it is in gives the focus to what is marked so.
          data-autofocus={known || undefined}
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        <ProblemAlert problem={remaining(signIn.error, ['email', 'password'])} />
        <SubmitButton busy={signIn.isPending}>Sign in</SubmitButton>
      </Stack>
    </form>
  )
}
