import { Navigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { t } from '../../src/platform/messages/t'
import { safeNext } from '../safe-next'
import { useMeQuery } from '../session'
import { SignedOutPage } from '../shell/signed-out-frame'
import { tabStorage } from '../tab-storage'
import { Callout, ProblemAlert } from '../ui/callout'
import { Loading } from '../ui/states'
import { CodeForm } from './code-form'
import { ConfirmationNotice } from './confirmation-notice'
import { InvitationNotice } from './invitation-notice'
import { OtherWays } from './other-ways'
import { PasswordForm } from './password-form'
import { useSiteInfo } from './queries'
import { useRedirectProblem } from './redirect-problem'
import { SignInLinks } from './sign-in-links'

export function SignInPage() {
  const { next } = useSearch({ from: '/sign-in' })
  const { data: me } = useMeQuery()
  if (me) return <GoOn next={next} />
  return <SignIn next={next} />
}

/** Continues to the page that was wanted. For a sign-in through the provider, the tab kept it. */
function GoOn(props: { next: string | undefined }) {
  const [next] = useState(() => props.next ?? safeNext(tabStorage.next.get()) ?? '/organization')
  useEffect(tabStorage.next.drop, [])
  return (
    <>
      {/* On a slow connection, the next page takes seconds to load. */}
      <SignedOutPage title={t('Sign in')}>
        <Loading rows={3} />
      </SignedOutPage>
      <Navigate to={next} replace />
    </>
  )
}

/** After signing in, the page around it sees the new session and continues. */
function SignIn(props: { next: string | undefined }) {
  const [codeWanted, setCodeWanted] = useState(false)
  const { data: site, error } = useSiteInfo()
  const redirectProblem = useRedirectProblem()
  const [ended] = useState(() => tabStorage.signedIn.get() !== null)
  if (codeWanted)
    return (
      <SignedOutPage title={t('Enter your code')}>
        <CodeForm onStartAgain={() => setCodeWanted(false)} />
      </SignedOutPage>
    )
  return (
    <SignedOutPage title={t('Sign in')}>
      {ended && <Callout title={t('Your session has ended')}>{t('Sign in again to continue.')}</Callout>}
      <InvitationNotice />
      <ConfirmationNotice />
      <ProblemAlert problem={redirectProblem ?? error} />
      {site ? (
        <>
          {site.passwords && <PasswordForm onCodeWanted={() => setCodeWanted(true)} />}
          <OtherWays site={site} next={props.next} />
          {site.passwords && <SignInLinks next={props.next} />}
        </>
      ) : (
        !error && <Loading rows={3} />
      )}
    </SignedOutPage>
  )
}
