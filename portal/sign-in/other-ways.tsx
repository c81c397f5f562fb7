import { Button, Divider, Stack } from '@mantine/core'
import { IconFingerprint, IconLogin2 } from '@tabler/icons-react'
import type { getSiteInfo } from '../../src/identity/site/schema'
import type { AnswerOf } from '../../src/platform/http/endpoint'
import { t } from '../../src/platform/messages/t'
import { tabStorage } from '../tab-storage'
import { ProblemAlert } from '../ui/callout'
import { browserHasPasskeys } from './passkey'
import { useSignInWithPasskey, useStartProviderSignIn } from './queries'

/** Signing in without one of the site’s own passwords. */
export function OtherWays(props: {
  site: AnswerOf<typeof getSiteInfo>
  next: string | undefined
  /** Keeps this page open: the provider opens in a new tab, and this page notices the new session. */
  inNewTab?: boolean
  onSignedIn?: () => void
}) {
  const { passwords, passkeys, provider } = props.site
  const byPasskey = useSignInWithPasskey()
  const start = useStartProviderSignIn()
  const hasPasskeys = passkeys && browserHasPasskeys()
  if (!hasPasskeys && !provider) return null

  function leave() {
    // Opened in the click handler itself: later, browsers would block it as a pop-up.
    const tab = props.inNewTab ? window.open('', '_blank') : window
    start.mutate(
      {},
      {
        onSuccess: ({ address }) => {
          if (props.next) tabStorage.next.put(props.next)
          tab?.location.assign(address)
        },
        onError: () => props.inNewTab && tab?.close(),
      },
    )
  }

  return (
    <Stack gap="md">
      {passwords && <Divider label={t('or')} />}
      {provider && (
        <Button
          variant={passwords ? 'default' : 'filled'}
          leftSection={<IconLogin2 size={18} aria-hidden />}
          loading={start.isPending}
          onClick={leave}
        >
          {t('Sign in with {provider}', { provider })}
        </Button>
      )}
      {hasPasskeys && (
        <Button
          variant="default"
          leftSection={<IconFingerprint size={18} aria-hidden />}
          loading={byPasskey.isPending}
          onClick={() => byPasskey.mutate(undefined, { onSuccess: () => props.onSignedIn?.() })}
        >
          {t('Sign in with a passkey')}
        </Button>
      )}
      <ProblemAlert problem={start.error ?? byPasskey.error} />
    </Stack>
  )
}
