import { Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { isCompleteSecret } from '../../../src/platform/input/pasted'
import { t } from '../../../src/platform/messages/t'
import { ApiError } from '../../api'
import { pendingLinks } from '../../pending-links'
import { SignedOutPage } from '../../shell/signed-out-frame'
import { ProblemAlert } from '../../ui/callout'
import { problemToShow, showFieldErrors } from '../../ui/form'
import { LinkButton } from '../../ui/link'
import { Message } from '../../ui/message'
import { SubmitButton } from '../../ui/submit-button'
import { toast } from '../../ui/toast'
import { usePreviewReset, useResetPassword } from '../queries'
import { NewPasswordField } from '../register/new-password-field'
import { UsernameField } from '../username-field'
import { IncompleteLink } from './incomplete-link'
import { usePendingLink } from './use-pending-link'

/** The target of a one-time link, mailed or given by an operator. */
export function ResetPasswordPage() {
  const token = usePendingLink(pendingLinks.resetToken)
  if (!token || !isCompleteSecret('reset', token)) {
    return (
      <IncompleteLink page="reset">
        <AskForAnother />
      </IncompleteLink>
    )
  }
  return (
    <SignedOutPage title={t('Set a new password')}>
      <NewPasswordForm key={token} token={token} />
    </SignedOutPage>
  )
}

function NewPasswordForm(props: { token: string }) {
  const reset = useResetPassword()
  const preview = usePreviewReset()
  const { mutate: ask } = preview
  useEffect(() => ask({ token: props.token }), [ask, props.token])
  const navigate = useNavigate()
  const form = useForm({ mode: 'uncontrolled', initialValues: { password: '' } })

  async function submit({ password }: { password: string }) {
    try {
      await reset.mutateAsync({ token: props.token, password })
      toast(t('Password changed. Sign in with your new password.'))
      await navigate({ to: '/sign-in', replace: true })
      pendingLinks.resetToken.drop()
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      showFieldErrors(form, error)
    }
  }

  const invalid = [preview.error, reset.error].find((problem) => problem?.code === 'link_not_valid')
  // If the page is opened again without its link, it asks for one.
  useEffect(() => {
    if (invalid) pendingLinks.resetToken.drop()
  }, [invalid])
  if (invalid) return <NoLink>{invalid.message}</NoLink>
  const email = preview.data?.email
  return (
    <form noValidate onSubmit={form.onSubmit(submit)}>
      <Stack gap="md">
        <Text>
          {email ? (
            <Message
              text="Set a new password for {email}. You will be signed out everywhere and can then sign in with the new password."
              values={{ email: <strong>{email}</strong> }}
            />
          ) : (
            t('You will be signed out everywhere and can then sign in with the new password.')
          )}
        </Text>
        <UsernameField email={email ?? ''} />
        <NewPasswordField label={t('New password')} key={form.key('password')} {...form.getInputProps('password')} />
        <ProblemAlert problem={problemToShow(reset.error, ['password'])} />
        <SubmitButton busy={reset.isPending}>{t('Set password')}</SubmitButton>
      </Stack>
    </form>
  )
}

function NoLink(props: { children: string }) {
  return (
    <Stack gap="md" align="flex-start">
      <Text role="alert">{props.children}</Text>
      <AskForAnother />
    </Stack>
  )
}

const AskForAnother = () => <LinkButton to="/forgot-password">{t('Request a new link')}</LinkButton>
