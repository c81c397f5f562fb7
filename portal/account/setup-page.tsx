import { Text } from '@mantine/core'
import { Navigate, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { carried } from '../carried'
import { useMeQuery } from '../session'
import { ProblemAlert } from '../ui/callout'
import { LinkButton, TextLink } from '../ui/link'
import { NotKnownYet } from '../ui/lost'
import { Page } from '../ui/page'
import { SignedOutFrame } from '../ui/signed-out-frame'
import { Loading } from '../ui/states'
import { toast } from '../ui/toast'
import { CheckYourMail } from './check-your-mail'
import { useClaimSetupLink } from './queries'
import { RegisterForm } from './register-form'

/** The one-time link that the server prints when it starts for the first time. */
export function SetupPage() {
  const { data: me, error, refetch } = useMeQuery()
  if (me === undefined) return <NotKnownYet problem={error} onRetry={refetch} />
  const token = carried.setupToken.get()
  if (!token) return <Navigate to="/organization" replace />
  return <SignedOutFrame>{me ? <Claim token={token} /> : <RegisterFirst />}</SignedOutFrame>
}

function RegisterFirst() {
  const [typed, setTyped] = useState<string | null>(null)
  if (typed) return <CheckYourMail email={typed} next="/setup" />
  return (
    <Page title="Set up this site" lead="Register the account that becomes the first operator of this site.">
      <RegisterForm onNotSignedIn={setTyped} />
      <Text>
        Registered already?{' '}
        <TextLink to="/sign-in" search={{ next: '/setup' }}>
          Sign in
        </TextLink>
      </Text>
    </Page>
  )
}

function Claim(props: { token: string }) {
  const claim = useClaimSetupLink()
  const navigate = useNavigate()
  const asked = useRef(false)

  // The link works once, so it is asked for once, whatever makes React run this again.
  useEffect(() => {
    if (asked.current) return
    asked.current = true
    void claim
      .mutateAsync({ token: props.token })
      .then(() => {
        toast('You are now an operator of this site.')
        return navigate({ to: '/operator/organizations', replace: true })
      })
      .catch(() => undefined)
      .finally(carried.setupToken.drop)
  }, [claim, navigate, props.token])

  return (
    <Page title="Set up this site">
      {claim.error ? <ProblemAlert problem={claim.error} /> : <Loading rows={2} />}
      {claim.error && <LinkButton to="/organization">Go on without it</LinkButton>}
    </Page>
  )
}
