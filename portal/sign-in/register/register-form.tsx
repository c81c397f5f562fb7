import { Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { getSiteInfo } from '../../../src/identity/site/schema'
import { detailOf } from '../../../src/platform/errors'
import type { AnswerOf } from '../../../src/platform/http/endpoint'
import { longestPaste } from '../../../src/platform/input/pasted'
import { parseCode } from '../../../src/platform/invitation-codes/code'
import { formatList } from '../../../src/platform/messages/intl'
import { siteInfoQuery, useRegisterAccount } from '../../account/queries'
import { ApiError } from '../../api'
import { pendingLinks } from '../../pending-links'
import { Callout, ProblemAlert } from '../../ui/callout'
import { CountrySelect } from '../../ui/country-select'
import { DiscardQuestion } from '../../ui/dialog'
import { remaining, showFieldErrors } from '../../ui/form'
import { Failed, Loading } from '../../ui/states'
import { SubmitButton } from '../../ui/submit-button'
import { useUnsaved } from '../../ui/unsaved'
import { noCode } from '../links/incomplete-link'
import { NameFields } from './name-fields'
import { NewPasswordField } from './new-password-field'
import { TermsCheckbox } from './terms-checkbox'

type SiteInfo = AnswerOf<typeof getSiteInfo>
type OnNotSignedIn = (email: string) => void

/** Registering signs in as well; the page around it sees the new session and goes on, or is told that there is none. */
export function RegisterForm(props: { onNotSignedIn: OnNotSignedIn }) {
  const { data: site, error, refetch } = useQuery(siteInfoQuery)
  if (error && !site) return <Failed problem={error} onRetry={refetch} />
  if (!site) return <Loading />
  if (!site.passwords) return <NoPasswords provider={site.provider} />
  return <Fields site={site} onNotSignedIn={props.onNotSignedIn} />
}

function NoPasswords(props: { provider: string | null }) {
  return (
    <Callout title="Nothing to register here">
      Everybody signs in through {props.provider ?? 'the identity provider'} on this site. Your account is made when you
      sign in for the first time.
    </Callout>
  )
}

const initialValues = { email: '', firstName: '', lastName: '', password: '', country: '', code: '', terms: false }
type Values = typeof initialValues

function Fields(props: { site: SiteInfo; onNotSignedIn: OnNotSignedIn }) {
  const { registration, registrationDomains, terms } = props.site
  const register = useRegisterAccount()
  const [refusal, setRefusal] = useState<ApiError | null>(null)
  const form = useForm<Values>({ mode: 'uncontrolled', initialValues })
  const { watch, leaving } = useUnsaved()
  // Whoever came with a link has the code already, and is asked for one only where that one does not do.
  const [asksCode, setAsksCode] = useState(() => pendingLinks.code.get() === null)

  async function submit({ terms: accepted, code, ...values }: Values) {
    setRefusal(null)
    const given = code.trim() || pendingLinks.code.get()
    try {
      const { signedIn } = await register.mutateAsync({
        ...values,
        ...(terms && accepted ? { termsVersion: terms.version } : {}),
        // Also where nobody needs one: the link of a mailed invitation confirms the address.
        ...(given ? { code: given } : {}),
      })
      if (code.trim()) pendingLinks.code.put(code.trim())
      if (!signedIn) props.onNotSignedIn(values.email)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (error.code === 'registration_closed') setAsksCode(true)
      const placed = atItsField(error, registration, accepted, given)
      setRefusal(placed)
      showFieldErrors(form, placed)
    }
  }

  return (
    <form ref={watch} noValidate onSubmit={form.onSubmit(submit)}>
      {leaving && <DiscardQuestion onDiscard={leaving.go} onKeep={leaving.stay} />}
      <Stack gap="md">
        {registration === 'invitation' && asksCode && (
          <TextInput
            label="Invitation code"
            description="Only whoever is invited can register here. It is used when you accept the invitation, not now."
            autoComplete="off"
            spellCheck={false}
            maxLength={longestPaste}
            required
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
            key={form.key('code')}
            {...form.getInputProps('code')}
          />
        )}
        <TextInput
          label="E-mail"
          description={registration === 'domain' ? `An address at ${wordsFor(registrationDomains)}.` : undefined}
          type="email"
          autoComplete="username"
          required
          key={form.key('email')}
          {...form.getInputProps('email')}
        />
        <NameFields firstName={form.getInputProps('firstName')} lastName={form.getInputProps('lastName')} />
        <NewPasswordField key={form.key('password')} {...form.getInputProps('password')} />
        <CountrySelect key={form.key('country')} {...form.getInputProps('country')} />
        {terms && (
          <TermsCheckbox
            address={terms.address}
            key={form.key('terms')}
            {...form.getInputProps('terms', { type: 'checkbox' })}
          />
        )}
        <ProblemAlert problem={remaining(refusal, Object.keys(initialValues))} />
        <SubmitButton busy={register.isPending}>Register</SubmitButton>
      </Stack>
    </form>
  )
}

/** “reef.example, coral.example or example.org” */
const wordsFor = (domains: string[]) => formatList(domains, 'disjunction')

/** Refusals that are about one field are shown there. */
function atItsField(
  refusal: ApiError,
  registration: SiteInfo['registration'],
  accepted: boolean,
  code: string | null,
): ApiError {
  if (refusal.code === 'registration_closed')
    return registration === 'invitation' ? refusal.at('code', wrongCode(code)) : refusal.at('email')
  if (refusal.code === 'account_exists') return refusal.at('email')
  if (refusal.code === 'terms_changed')
    return refusal.at('terms', accepted ? undefined : 'Accept the terms to register.')
  return refusal
}

/** Where only the invited register, it is the code that does not let in. */
function wrongCode(code: string | null): string {
  if (!code) return noCode
  const parsed = parseCode(code)
  if ('problem' in parsed) return detailOf(parsed.problem)
  return 'This invitation was used or revoked, or has expired. Ask for a new one.'
}
