import { Button, Stack, Text } from '@mantine/core'
import { Navigate, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { isCompleteSecret } from '../../../src/platform/input/pasted'
import { useConfirmOwnAddress } from '../../account/own-account-queries'
import { useSignOut } from '../../account/queries'
import { ApiError } from '../../api'
import { pendingLinks } from '../../pending-links'
import { useMeQuery } from '../../session'
import { NotKnownYet } from '../../shell/lost'
import { SignedOutFrame } from '../../shell/signed-out-frame'
import type { Me } from '../../standing-changes'
import { ProblemAlert } from '../../ui/callout'
import { EmailAddress } from '../../ui/email-address'
import { LinkButton, TextLink } from '../../ui/link'
import { Page } from '../../ui/page'
import { personName } from '../../ui/person-name'
import { toast } from '../../ui/toast'
import { IncompleteLink } from './incomplete-link'
import { SendLinkAgain } from './send-link-again'
import { usePendingLink } from './use-pending-link'

/** A mailed link ends here. Opening it confirms nothing: the button does, for the account that is signed in. */
export function ConfirmAddressPage() {
  const { data: me, error, refetch } = useMeQuery()
  const token = usePendingLink(pendingLinks.addressToken)
  if (!token || !isCompleteSecret('confirm-address', token)) {
    return (
      <IncompleteLink page="confirm-address">
        <Text>
          Nothing to confirm? <TextLink to="/account">Go to your account</TextLink>
        </Text>
      </IncompleteLink>
    )
  }
  if (me === undefined) return <NotKnownYet problem={error} onRetry={refetch} />
  if (me === null) return <Navigate to="/sign-in" search={{ next: '/confirm-address' }} replace />
  return (
    <SignedOutFrame>
      <ConfirmAddress key={token} token={token} me={me} />
    </SignedOutFrame>
  )
}

function ConfirmAddress(props: { token: string; me: Me }) {
  const { account, todo } = props.me
  const confirm = useConfirmOwnAddress()
  const navigate = useNavigate()
  // Where to go on is decided before: by then it is done, and no longer to be seen.
  const [next] = useState(() => (pendingLinks.code.get() ? '/join' : todo[0] ? '/organization' : '/account'))

  async function submit() {
    const { email } = await confirm.mutateAsync({ token: props.token }).catch((error: unknown) => {
      // Opened again without its link, the page asks for one.
      if (error instanceof ApiError && error.code === 'link_not_valid') pendingLinks.addressToken.drop()
      throw error
    })
    toast(`The address ${email} is confirmed.`)
    if (next === '/organization') pendingLinks.confirmed.put('yes')
    await navigate({ to: next, replace: true })
    pendingLinks.addressToken.drop()
  }

  return (
    <Page title="Confirm address">
      <Stack gap="lg" align="flex-start">
        {!confirm.error && (
          <Text>
            You are signed in as <b>{personName(account)}</b>, <EmailAddress address={account.email} />. Confirm that
            the address to which the link was mailed belongs to this account.
          </Text>
        )}
        <ProblemAlert problem={confirm.error} />
        {confirm.error ? (
          <WhatNow code={confirm.error.code} unconfirmed={!account.emailConfirmed} />
        ) : (
          <Button loading={confirm.isPending} onClick={() => void submit().catch(() => undefined)}>
            Confirm address
          </Button>
        )}
      </Stack>
    </Page>
  )
}

/** The way on where a link did not work. */
function WhatNow(props: { code: string; unconfirmed: boolean }) {
  if (props.code === 'link_for_somebody_else') return <WithAnotherAccount />
  if (props.code === 'link_not_valid' && props.unconfirmed) return <SendLinkAgain />
  return (
    <>
      <Text>Under Account you see which address is yours now, and can change it again.</Text>
      <LinkButton to="/account">Account</LinkButton>
    </>
  )
}

/** The link is kept in this tab: after signing in with the account that it is for, it works. */
function WithAnotherAccount() {
  const signOut = useSignOut()
  return (
    <>
      <ProblemAlert problem={signOut.error} />
      <Button loading={signOut.isPending} onClick={() => signOut.mutate()}>
        Sign in with another account
      </Button>
    </>
  )
}
