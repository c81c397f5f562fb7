import { Button, PasswordInput, Stack, Text } from '@mantine/core'
import { IconFingerprint } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { pendingLinks } from '../pending-links'
import { reauthentication } from '../reauthentication'
import { ProblemAlert } from '../ui/callout'
import { Dialog } from '../ui/dialog'
import { Failed, Loading } from '../ui/states'
import { SubmitButton } from '../ui/submit-button'
import { browserHasPasskeys } from './passkey'
import { useAuthenticateAgain, useSignInMethods, useSiteInfo, useStartProviderSignIn } from './queries'
import { useAskedSignOut } from './sign-out'
import { OwnUsernameField } from './username-field'

/** Whatever is refused because it is too long since somebody showed who he is opens this, and is then done again. */
export function ProveAgain() {
  const [answer, setAnswer] = useState<{ give: (proved: boolean) => void } | null>(null)
  useEffect(() => reauthentication.registerPrompt((give) => setAnswer({ give })), [])
  if (!answer) return null
  const close = (proved: boolean) => {
    setAnswer(null)
    answer.give(proved)
  }
  return (
    <Dialog title="Is it still you?" onClose={() => close(false)}>
      <Ways onProved={() => close(true)} />
    </Dialog>
  )
}

function Ways(props: { onProved: () => void }) {
  const methods = useSignInMethods()
  const site = useSiteInfo()
  const prove = useAuthenticateAgain()
  const [password, setPassword] = useState('')
  if (methods.error) return <Failed problem={methods.error} onRetry={methods.refetch} />
  if (!methods.data || !site.data) return <Loading rows={2} />
  const wrong = prove.error?.code === 'wrong_credentials'
  const byPassword = methods.data.password && site.data.passwords
  const byPasskey = methods.data.passkeys.length > 0 && site.data.passkeys && browserHasPasskeys()
  return (
    <Stack gap="md">
      <Text>This is sensitive, and it is a while since you signed in. Show once more who you are.</Text>
      {byPassword && (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            prove.mutate({ password }, { onSuccess: props.onProved })
          }}
        >
          <Stack gap="md">
            <OwnUsernameField />
            <PasswordInput
              label="Your password"
              name="password"
              autoComplete="current-password"
              required
              data-autofocus
              ref={focus}
              error={wrong && 'This is not the password. Try again.'}
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            <SubmitButton busy={prove.isPending}>Confirm</SubmitButton>
          </Stack>
        </form>
      )}
      {byPasskey && (
        <Button
          variant={byPassword ? 'default' : 'filled'}
          leftSection={<IconFingerprint size={18} aria-hidden />}
          disabled={prove.isPending}
          onClick={() => prove.mutate('passkey', { onSuccess: props.onProved })}
        >
          Use a passkey
        </Button>
      )}
      {!byPassword && !byPasskey && <SignInAgain provider={methods.data.provider} />}
      {!wrong && <ProblemAlert problem={prove.error} />}
    </Stack>
  )
}

/** The field is there later than its window, once it is known how one signs in. */
const focus = (field: HTMLInputElement | null) => field?.focus()

/** Where neither is there, signing in again shows it. It leads back to this page, where the action is done once more. */
function SignInAgain(props: { provider: { name: string; linked: boolean } | null }) {
  const start = useStartProviderSignIn()
  const { signOut, question, isPending } = useAskedSignOut()
  if (!props.provider?.linked)
    return (
      <>
        <Text>Sign out, and in again. Then repeat what you wanted to do.</Text>
        <Button loading={isPending} onClick={signOut}>
          Sign out
        </Button>
        {question}
      </>
    )
  return (
    <>
      <Text>Sign in again. Then repeat what you wanted to do.</Text>
      <Button
        loading={start.isPending}
        onClick={() =>
          start.mutate(
            {},
            {
              onSuccess: ({ address }) => {
                pendingLinks.next.put(window.location.pathname)
                window.location.assign(address)
              },
            },
          )
        }
      >
        Sign in with {props.provider.name}
      </Button>
      <ProblemAlert problem={start.error} />
    </>
  )
}
