import { Button, Divider, Stack } from '@mantine/core'
import { IconFingerprint, IconLogin2 } from '@tabler/icons-react'
import type { AnswerOf } from '../../src/http/endpoint'
import type { getSignInChoices } from '../../src/sign-in-methods/schema'
import { carried } from '../carried'
import { ProblemAlert } from '../ui/callout'
import { browserHasPasskeys } from './passkey'
import { useSignInWithPasskey, useStartProviderSignIn } from './sign-in-queries'

/** Signing in without a password of this site. */
export function OtherWays(props: { choices: AnswerOf<typeof getSignInChoices>; next: string | undefined }) {
  const { password, passkey, provider } = props.choices
  const byPasskey = useSignInWithPasskey()
  const start = useStartProviderSignIn()
  const hasPasskeys = passkey && browserHasPasskeys()
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
      {password && <Divider label="or" />}
      {provider && (
        <Button
          variant={password ? 'default' : 'filled'}
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
