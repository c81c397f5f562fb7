import { Button, Stack, Text } from '@mantine/core'
import { Navigate, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { personName } from '../../../src/platform/input/names'
import { isCompleteSecret } from '../../../src/platform/input/pasted'
import { t } from '../../../src/platform/messages/t'
import { ApiError } from '../../api'
import { pendingLinks } from '../../pending-links'
import { type Me, useMeQuery } from '../../session'
import { SessionPendingPage } from '../../shell/fallback-pages'
import { SignedOutPage } from '../../shell/signed-out-frame'
import { tabStorage } from '../../tab-storage'
import { ProblemAlert } from '../../ui/callout'
import { EmailAddress } from '../../ui/email-address'
import { LinkButton, TextLink } from '../../ui/link'
import { Message } from '../../ui/message'
import { toast } from '../../ui/toast'
import { useConfirmOwnAddress, useSignOut } from '../queries'
import { IncompleteLink } from './incomplete-link'
import { SendLinkAgain } from './send-link-again'
import { usePendingLink } from './use-pending-link'

/** The target of a mailed link. Opening it confirms nothing: the button does, for the account that is signed in. */
export function ConfirmAddressPage() {
  const { data: me, error, refetch } = useMeQuery()
  const token = usePendingLink(pendingLinks.addressToken)
  if (!token || !isCompleteSecret('confirm-address', token)) {
    return (
      <IncompleteLink page="confirm-address">
        <Text>
          <Message text="Nothing to confirm? <a>Go to your account</a>" values={{ a: <TextLink to="/account" /> }} />
        </Text>
      </IncompleteLink>
    )
  }
  if (me === undefined) return <SessionPendingPage problem={error} onRetry={refetch} />
  if (me === null) return <Navigate to="/sign-in" search={{ next: '/confirm-address' }} replace />
  return <ConfirmAddress key={token} token={token} me={me} />
}

function ConfirmAddress(props: { token: string; me: Me }) {
  const { account, todo } = props.me
  const confirm = useConfirmOwnAddress()
  const navigate = useNavigate()
  // Decided before confirming: afterwards, what it depends on has changed.
  const [next] = useState(() => (pendingLinks.code.get() ? '/join' : todo[0] ? '/organization' : '/account'))

  async function submit() {
    const { email } = await confirm.mutateAsync({ token: props.token }).catch((error: unknown) => {
      // If the page is opened again without its link, it asks for one.
      if (error instanceof ApiError && error.code === 'link_not_valid') pendingLinks.addressToken.drop()
      throw error
    })
    toast(t('E-mail address {email} confirmed.', { email }))
    if (next === '/organization') tabStorage.confirmed.put('yes')
    await navigate({ to: next, replace: true })
    pendingLinks.addressToken.drop()
  }

  return (
    <SignedOutPage title={t('Confirm address')}>
      <Stack gap="lg" align="flex-start">
        {!confirm.error && (
          <Text>
            <Message
              text="You are signed in as {name} ({email}). Confirm that the address the link was sent to belongs to this account."
              values={{ name: <b>{personName(account)}</b>, email: <EmailAddress address={account.email} /> }}
            />
          </Text>
        )}
        <ProblemAlert problem={confirm.error} />
        {confirm.error ? (
          <WhatNow code={confirm.error.code} unconfirmed={!account.emailConfirmed} />
        ) : (
          <Button loading={confirm.isPending} onClick={() => void submit().catch(() => undefined)}>
            {t('Confirm address')}
          </Button>
        )}
      </Stack>
    </SignedOutPage>
  )
}

/** What to do when a link did not work. */
function WhatNow(props: { code: string; unconfirmed: boolean }) {
  if (props.code === 'link_for_somebody_else') return <WithAnotherAccount />
  if (props.code === 'link_not_valid' && props.unconfirmed) return <SendLinkAgain />
  return (
    <>
      <Text>{t('See your current e-mail address in your account. You can change it there.')}</Text>
      <LinkButton to="/account">{t('Go to your account')}</LinkButton>
    </>
  )
}

/** This tab keeps the link: it works after signing in with the right account. */
function WithAnotherAccount() {
  const signOut = useSignOut()
  return (
    <>
      <ProblemAlert problem={signOut.error} />
      <Button loading={signOut.isPending} onClick={() => signOut.mutate()}>
        {t('Sign in with another account')}
      </Button>
    </>
  )
}
