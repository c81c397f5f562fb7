import { Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useState } from 'react'
import type { getSiteInfo } from '../../../src/identity/site/schema'
import { detailOf } from '../../../src/platform/errors'
import type { AnswerOf } from '../../../src/platform/http/endpoint'
import { longestPaste } from '../../../src/platform/input/pasted'
import { parseCode } from '../../../src/platform/invitation-codes/code'
import { formatList } from '../../../src/platform/messages/intl'
import { t } from '../../../src/platform/messages/t'
import { ApiError } from '../../api'
import { pendingLinks } from '../../pending-links'
import { Callout, ProblemAlert } from '../../ui/callout'
import { CountrySelect } from '../../ui/country-select'
import { DiscardQuestion } from '../../ui/dialog'
import { problemToShow, showFieldErrors } from '../../ui/form'
import { Failed, Loading } from '../../ui/states'
import { SubmitButton } from '../../ui/submit-button'
import { useUnsaved } from '../../ui/unsaved'
import { noCode } from '../links/incomplete-link'
import { useRegisterAccount, useSiteInfo } from '../queries'
import { NameFields } from './name-fields'
import { NewPasswordField } from './new-password-field'
import { TermsCheckbox } from './terms-checkbox'

type SiteInfo = AnswerOf<typeof getSiteInfo>
type OnNotSignedIn = (email: string) => void

/** Registering also signs in: the page around it sees the new session and continues, or is told that there is none. */
export function RegisterForm(props: { onNotSignedIn: OnNotSignedIn }) {
  const { data: site, error, refetch } = useSiteInfo()
  if (error && !site) return <Failed problem={error} onRetry={refetch} />
  if (!site) return <Loading />
  if (!site.passwords) return <NoPasswords provider={site.provider} />
  return <Fields site={site} onNotSignedIn={props.onNotSignedIn} />
}

function NoPasswords(props: { provider: string | null }) {
  return (
    <Callout title={t('You don’t need to register')}>
      {t('Sign in with {provider}. Your account is created when you first sign in.', {
        provider: props.provider ?? t('your identity provider'),
      })}
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
  // A link already carried the code; then the field appears only if that code does not work.
  const [asksCode, setAsksCode] = useState(() => pendingLinks.code.get() === null)

  async function submit({ terms: accepted, code, ...values }: Values) {
    setRefusal(null)
    const given = code.trim() || pendingLinks.code.get()
    try {
      const { signedIn } = await register.mutateAsync({
        ...values,
        ...(terms && accepted ? { termsVersion: terms.version } : {}),
        // Also on a site without invitations: the link of a mailed invitation confirms the address.
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
            label={t('Invitation code')}
            description={t(
              'You need an invitation to register. The code is used when you accept the invitation, not now.',
            )}
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
          label={t('E-mail')}
          description={registration === 'domain' ? hintFor(registrationDomains) : undefined}
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
        <ProblemAlert problem={problemToShow(refusal, Object.keys(initialValues))} />
        <SubmitButton busy={register.isPending}>{t('Register')}</SubmitButton>
      </Stack>
    </form>
  )
}

/** “Use an address at reef.example, coral.example or example.org.” */
const hintFor = (domains: string[]) =>
  t('Use an address at {domains}.', { domains: formatList(domains, 'disjunction') })

/** Shows a refusal at the field it is about. */
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
    return refusal.at('terms', accepted ? undefined : t('Accept the terms to register.'))
  return refusal
}

/** If registering needs an invitation, the code is what is wrong. */
function wrongCode(code: string | null): string {
  if (!code) return noCode
  const parsed = parseCode(code)
  if ('problem' in parsed) return detailOf(parsed.problem)
  return t('This invitation was used or revoked, or has expired. Ask for a new one.')
}
