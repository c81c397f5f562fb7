import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { t } from '../../src/platform/messages/t'
import { ProblemAlert } from '../ui/callout'
import { SubmitButton } from '../ui/submit-button'
import { useGiveSecondFactor } from './queries'

/** The second step of signing in: a code from the authenticator app, or a recovery code. */
export function CodeForm(props: { onStartAgain: () => void; onSignedIn?: () => void }) {
  const [recovery, setRecovery] = useState(false)
  const [code, setCode] = useState('')
  const give = useGiveSecondFactor()
  const field = useRef<HTMLInputElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the other kind of code is entered in the same field
  useEffect(() => field.current?.focus(), [recovery])
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        give.mutate({ code }, { onSuccess: () => props.onSignedIn?.(), onError: () => field.current?.select() })
      }}
    >
      <Stack gap="md">
        <Text>
          {recovery
            ? t(
                'Enter one of the recovery codes you saved when you set up two-factor authentication. Each code works once. The dashes are optional.',
              )
            : t('Enter the code from your authenticator app. It changes every 30 seconds.')}
        </Text>
        <TextInput
          ref={field}
          label={recovery ? t('Recovery code') : t('Code')}
          inputMode={recovery ? 'text' : 'numeric'}
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          required
          value={code}
          error={give.error?.errors[0]?.message}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <ProblemAlert problem={give.error?.errors.length ? null : give.error} />
        <SubmitButton busy={give.isPending}>{t('Sign in')}</SubmitButton>
        <Group justify="space-between" gap="xs">
          <Button
            variant="subtle"
            px={0}
            onClick={() => {
              setRecovery(!recovery)
              setCode('')
              give.reset()
            }}
          >
            {recovery ? t('Use your authenticator app') : t('Use a recovery code')}
          </Button>
          <Button variant="subtle" px={0} onClick={props.onStartAgain}>
            {t('Start over')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
