import { Button, Divider, Stack } from '@mantine/core'
import { IconFingerprint, IconLogin2 } from '@tabler/icons-react'
import type { AnswerOf } from '../../src/http/endpoint'
import type { getSiteInfo } from '../../src/site/schema'
import { carried } from '../carried'
import { ProblemAlert } from '../ui/callout'
import { browserHasPasskeys } from './passkey'
import { useSignInWithPasskey, useStartProviderSignIn } from './sign-in-queries'

/** Signing in without a password of this site. */
export function OtherWays(props: { site: AnswerOf<typeof getSiteInfo>; next: string | undefined }) {
  const { passwords, passkeys, provider } = props.site
  const byPasskey = useSignInWithPasskey()
  const start = useStartProviderSignIn()
  const hasPasskeys = passkeys && browserHasPasskeys()
  if (!hasPasskeys && !provider) return null

  const leave = () =>
    start.mutate(
      {},
      {
        onSuccess: ({ address }) => {
          if (props.next) carried.next.put(props.next)
          window.location.assign(address)
        },
      },
    )

  return (
    <Stack gap="md">
      {passwords && <Divider label="or" />}
      {provider && (
        <Button
          variant={passwords ? 'default' : 'filled'}
          leftSection={<IconLogin2 size={18} aria-hidden />}
          loading={start.isPending}
          onClick={leave}
        >
          Sign in with {provider}
        </Button>
      )}
      {hasPasskeys && (
        <Button
          variant="default"
          leftSection={<IconFingerprint size={18} aria-hidden />}
          loading={byPasskey.isPending}
          onClick={() => byPasskey.mutate()}
        >
          Sign in with a passkey
        </Button>
      )}
      <ProblemAlert problem={start.error ?? byPasskey.error} />
    </Stack>
  )
}
