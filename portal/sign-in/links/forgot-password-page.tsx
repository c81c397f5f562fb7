import { Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import { t } from '../../../src/platform/messages/t'
import { SessionPendingPage } from '../../shell/fallback-pages'
import { SignedOutPage } from '../../shell/signed-out-frame'
import { ProblemAlert } from '../../ui/callout'
import { EmailAddress } from '../../ui/email-address'
import { problemToShow, showFieldErrors } from '../../ui/form'
import { TextLink } from '../../ui/link'
import { Message } from '../../ui/message'
import { SubmitButton } from '../../ui/submit-button'
import { useRequestPasswordReset, useSiteInfo } from '../queries'

/** Resets a password with a mailed link, or, on a site that sends no mail, with one from an operator. */
export function ForgotPasswordPage() {
  const { data: site, error, refetch } = useSiteInfo()
  const [asked, setAsked] = useState<string | null>(null)
  if (!site) return <SessionPendingPage problem={error} onRetry={refetch} />
  return (
    <SignedOutPage title={asked ? t('Check your e-mail') : t('Reset your password')}>
      {asked && <OnItsWay email={asked} />}
      {!asked && site.passwords && (site.mail ? <AskForm onAsked={setAsked} /> : <AskAnOperator />)}
      {!site.passwords && (
        <Text>
          {t('This site has no passwords of its own. You sign in with {provider}, where you can reset your password.', {
            provider: site.provider ?? t('your identity provider'),
          })}
        </Text>
      )}
      <Text>
        <TextLink to="/sign-in">{t('Back to sign in')}</TextLink>
      </Text>
    </SignedOutPage>
  )
}

function AskForm(props: { onAsked: (email: string) => void }) {
  const request = useRequestPasswordReset()
  const form = useForm({ mode: 'uncontrolled', initialValues: { email: '' } })
  const submit = form.onSubmit((values) =>
    request.mutate(values, {
      onSuccess: () => props.onAsked(values.email.trim()),
      onError: (refusal) => showFieldErrors(form, refusal),
    }),
  )
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <Text>{t('We’ll send you a link to set a new password.')}</Text>
        <TextInput
          label={t('E-mail')}
          type="email"
          autoComplete="username"
          required
          key={form.key('email')}
          {...form.getInputProps('email')}
        />
        <ProblemAlert problem={problemToShow(request.error, ['email'])} />
        <SubmitButton busy={request.isPending}>{t('Send link')}</SubmitButton>
      </Stack>
    </form>
  )
}

/** Says the same whether the account exists or not. */
function OnItsWay(props: { email: string }) {
  return (
    <Stack gap="md">
      <Text>
        <Message
          text="If {email} has an account here, we sent it an e-mail. Open the link in it to set a new password."
          values={{ email: <EmailAddress address={props.email} strong /> }}
        />
      </Text>
      <Text>
        {t('Didn’t get it? Check your spam folder, and make sure that this is the address you registered with.')}
      </Text>
    </Stack>
  )
}

function AskAnOperator() {
  return (
    <Text>
      {t(
        'This site doesn’t send e-mail. Ask an operator of the site for a one-time link to set a new password. Be prepared to prove who you are.',
      )}
    </Text>
  )
}
