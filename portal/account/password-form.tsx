import { PasswordInput, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { ProblemAlert } from '../ui/callout'
import { remaining, showFieldErrors } from '../ui/form'
import { SubmitButton } from '../ui/submit-button'
import { useSignIn } from './queries'

export function PasswordForm(props: { email?: string; onCodeWanted: () => void; onSignedIn?: () => void }) {
  const signIn = useSignIn()
  const form = useForm({ mode: 'uncontrolled', initialValues: { email: props.email ?? '', password: '' } })
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
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        <ProblemAlert problem={remaining(signIn.error, ['email', 'password'])} />
        <SubmitButton busy={signIn.isPending}>Sign in</SubmitButton>
      </Stack>
    </form>
  )
}
