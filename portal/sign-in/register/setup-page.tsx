import { Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { t } from '../../../src/platform/messages/t'
import { pendingLinks } from '../../pending-links'
import { useMeQuery } from '../../session'
import { SessionPendingPage } from '../../shell/fallback-pages'
import { SignedOutPage } from '../../shell/signed-out-frame'
import { ProblemAlert } from '../../ui/callout'
import { LinkButton, TextLink } from '../../ui/link'
import { Message } from '../../ui/message'
import { Loading } from '../../ui/states'
import { toast } from '../../ui/toast'
import { IncompleteLink } from '../links/incomplete-link'
import { usePendingLink } from '../links/use-pending-link'
import { useClaimSetupLink, usePreviewSetupLink } from '../queries'
import { CheckYourMail } from './check-your-mail'
import { RegisterForm } from './register-form'

/** The target of the one-time link that the server prints when it first starts. */
export function SetupPage() {
  const { data: me, error, refetch } = useMeQuery()
  const token = usePendingLink(pendingLinks.setupToken)
  if (!token) return <AnotherLink />
  if (me === undefined) return <SessionPendingPage problem={error} onRetry={refetch} />
  return me ? <Claim key={token} token={token} /> : <RegisterFirst key={token} token={token} />
}

/** Asks for the full link; `refused` is a token that did not work. */
function AnotherLink(props: { refused?: string }) {
  return (
    <IncompleteLink page="setup" {...(props.refused ? { ...doesNotWork, given: props.refused } : {})}>
      <Text>
        <Message
          text="Is the site already set up? <a>Continue without the link</a>"
          values={{ a: <TextLink to="/organization" onClick={pendingLinks.setupToken.drop} /> }}
        />
      </Text>
    </IncompleteLink>
  )
}

const doesNotWork = {
  title: t('This link does not work'),
  lead: t(
    'Part of it is missing or mistyped, or it was already used. Copy the full link from the server’s output and paste it here.',
  ),
}

/** Checks the link before anyone registers for it. */
function RegisterFirst(props: { token: string }) {
  const [typed, setTyped] = useState<string | null>(null)
  const { mutate: look, isSuccess, error } = usePreviewSetupLink()
  useEffect(() => look({ token: props.token }), [look, props.token])
  if (error?.code === 'setup_link_invalid') return <AnotherLink refused={props.token} />
  if (!isSuccess) return <SessionPendingPage problem={error} onRetry={() => look({ token: props.token })} />
  return typed ? <CheckYourMail email={typed} next="/setup" /> : <Register onNotSignedIn={setTyped} />
}

function Register(props: { onNotSignedIn: (email: string) => void }) {
  return (
    <SignedOutPage
      title={t('Set up this site')}
      lead={t('Register the account that will be the first operator of this site.')}
    >
      <RegisterForm onNotSignedIn={props.onNotSignedIn} />
      <Text>
        <Message
          text="Already have an account? <a>Sign in</a>"
          values={{ a: <TextLink to="/sign-in" search={{ next: '/setup' }} /> }}
        />
      </Text>
    </SignedOutPage>
  )
}

function Claim(props: { token: string }) {
  const claim = useClaimSetupLink()
  const navigate = useNavigate()
  const asked = useRef(false)

  // The link works once, so it is claimed once, even if React runs this again.
  useEffect(() => {
    if (asked.current) return
    asked.current = true
    void claim
      .mutateAsync({ token: props.token })
      .then(async () => {
        toast(t('You are now an operator of this site.'))
        await navigate({ to: '/operator/organizations', replace: true })
        pendingLinks.setupToken.drop()
      })
      .catch(() => undefined)
  }, [claim, navigate, props.token])

  if (claim.error?.code === 'setup_link_invalid') return <AnotherLink refused={props.token} />
  return (
    <SignedOutPage title={t('Set up this site')}>
      {claim.error ? <ProblemAlert problem={claim.error} /> : <Loading rows={2} />}
      {claim.error && (
        <LinkButton to="/organization" onClick={pendingLinks.setupToken.drop}>
          {t('Continue without it')}
        </LinkButton>
      )}
    </SignedOutPage>
  )
}
