import { Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useRequestPasswordReset } from '../../account/own-account-queries'
import { siteInfoQuery } from '../../account/queries'
import { NotKnownYet } from '../../shell/lost'
import { SignedOutFrame } from '../../shell/signed-out-frame'
import { ProblemAlert } from '../../ui/callout'
import { EmailAddress } from '../../ui/email-address'
import { remaining, showFieldErrors } from '../../ui/form'
import { TextLink } from '../../ui/link'
import { Page } from '../../ui/page'
import { SubmitButton } from '../../ui/submit-button'

/** The way back in: by a mailed link, or, on a site that sends no mail, by one that an operator makes. */
export function ForgotPasswordPage() {
  const { data: site, error, refetch } = useQuery(siteInfoQuery)
  const [asked, setAsked] = useState<string | null>(null)
  if (!site) return <NotKnownYet problem={error} onRetry={refetch} />
  return (
    <SignedOutFrame>
      <Page title={asked ? 'Check your mail' : 'Forgot password?'}>
        {asked && <OnItsWay email={asked} />}
        {!asked && site.passwords && (site.mail ? <AskForm onAsked={setAsked} /> : <AskAnOperator />)}
        {!site.passwords && (
          <Text>Nobody has a password of this site. Everybody signs in through {site.provider}: ask there.</Text>
        )}
        <Text>
          <TextLink to="/sign-in">Back to Sign in</TextLink>
        </Text>
      </Page>
    </SignedOutFrame>
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
        <Text>You get a mail with a link. With it, you set a new password.</Text>
        <TextInput
          label="E-mail"
          type="email"
          autoComplete="username"
          required
          key={form.key('email')}
          {...form.getInputProps('email')}
        />
        <ProblemAlert problem={remaining(request.error, ['email'])} />
        <SubmitButton busy={request.isPending}>Send the link</SubmitButton>
      </Stack>
    </form>
  )
}

/** The same whether there is such an account or not. */
function OnItsWay(props: { email: string }) {
  return (
    <Stack gap="md">
      <Text>
        If{' '}
        <b>
          <EmailAddress address={props.email} />
        </b>{' '}
        has an account here, a mail is on its way to it. Open the link in it to set a new password.
      </Text>
      <Text>Nothing came? Look among unwanted mail, and whether it is the address that you registered with.</Text>
    </Stack>
  )
}

function AskAnOperator() {
  return (
    <Text>
      This site sends no mail. Ask an operator of the site for a one-time link, and say who you are in a way that they
      can check. With the link, you set a new password.
    </Text>
  )
}
