import { Button, Stack, Text } from '@mantine/core'
import { IconFingerprint } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { t } from '../../src/platform/messages/t'
import { reauthentication } from '../reauthentication'
import { tabStorage } from '../tab-storage'
import { ProblemAlert } from '../ui/callout'
import { Dialog } from '../ui/dialog'
import { Failed, Loading } from '../ui/states'
import { SubmitButton } from '../ui/submit-button'
import { OwnPasswordField } from './own-password-field'
import { browserHasPasskeys } from './passkey'
import { useAuthenticateAgain, useSignInMethods, useSiteInfo, useStartProviderSignIn } from './queries'
import { useAskedSignOut } from './sign-out'

/** Opens when an action needs a more recent sign-in. Afterwards the action is repeated. */
export function ReauthenticateDialog() {
  const [answer, setAnswer] = useState<{ give: (proved: boolean) => void } | null>(null)
  useEffect(() => reauthentication.registerPrompt((give) => setAnswer({ give })), [])
  if (!answer) return null
  const close = (proved: boolean) => {
    setAnswer(null)
    answer.give(proved)
  }
  return (
    <Dialog title={t('Confirm your identity')} onClose={() => close(false)}>
      <ReauthenticationMethods onProved={() => close(true)} />
    </Dialog>
  )
}

function ReauthenticationMethods(props: { onProved: () => void }) {
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
      <Text>{t('For your security, sign in again to continue.')}</Text>
      {byPassword && (
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            prove.mutate({ password }, { onSuccess: props.onProved })
          }}
        >
          <Stack gap="md">
            <OwnPasswordField value={password} onChange={setPassword} wrong={wrong} ref={focus} />
            <SubmitButton busy={prove.isPending}>{t('Confirm')}</SubmitButton>
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
          {t('Use a passkey')}
        </Button>
      )}
      {!byPassword && !byPasskey && <SignInAgainInstead provider={methods.data.provider} />}
      {!wrong && <ProblemAlert problem={prove.error} />}
    </Stack>
  )
}

/** The field appears after its dialog, once the sign-in methods are loaded. */
const focus = (field: HTMLInputElement | null) => field?.focus()

/** With neither a password nor a passkey, sign in again. That leads back to this page, to repeat the action. */
function SignInAgainInstead(props: { provider: { name: string; linked: boolean } | null }) {
  const start = useStartProviderSignIn()
  const { signOut, question, isPending } = useAskedSignOut()
  if (!props.provider?.linked)
    return (
      <>
        <Text>{t('Sign out and sign in again. Then repeat what you were doing.')}</Text>
        <Button loading={isPending} onClick={signOut}>
          {t('Sign out')}
        </Button>
        {question}
      </>
    )
  return (
    <>
      <Text>{t('Sign in again. Then repeat what you were doing.')}</Text>
      <Button
        loading={start.isPending}
        onClick={() =>
          start.mutate(
            {},
            {
              onSuccess: ({ address }) => {
                tabStorage.next.put(window.location.pathname)
                window.location.assign(address)
              },
            },
          )
        }
      >
        {t('Sign in with {provider}', { provider: props.provider.name })}
      </Button>
      <ProblemAlert problem={start.error} />
    </>
  )
}
