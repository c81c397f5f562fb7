import { PasswordInput, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { Navigate, useSearch } from '@tanstack/react-router'
import { useMeQuery } from '../session'
import { ProblemAlert } from '../ui/callout'
import { remaining, showFieldErrors } from '../ui/form'
import { Page } from '../ui/page'
import { SignedOutFrame } from '../ui/signed-out-frame'
import { SubmitButton } from '../ui/submit-button'
import { ConfirmationNotice } from './confirmation-notice'
import { InvitationNotice } from './invitation-notice'
import { useSignIn } from './queries'
import { SignInLinks } from './sign-in-links'

export function SignInPage() {
  const { next } = useSearch({ from: '/sign-in' })
  const { data: me } = useMeQuery()
  if (me) return <Navigate to={next ?? '/organization'} replace />
  return (
    <SignedOutFrame>
      <Page title="Sign in">
        <InvitationNotice />
        <ConfirmationNotice />
        <SignInForm />
        <SignInLinks next={next} />
      </Page>
    </SignedOutFrame>
  )
}

/** Once signed in, the page around it sees the new session and goes on. */
function SignInForm() {
  const signIn = useSignIn()
  const form = useForm({ mode: 'uncontrolled', initialValues: { email: '', password: '' } })
  const submit = form.onSubmit((values) =>
    signIn.mutate(values, { onError: (refusal) => showFieldErrors(form, refusal) }),
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
          visibilityToggleButtonProps={{ 'aria-label': 'Show what is typed' }}
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        <ProblemAlert problem={remaining(signIn.error, ['email', 'password'])} />
        <SubmitButton busy={signIn.isPending}>Sign in</SubmitButton>
      </Stack>
    </form>
  )
}
