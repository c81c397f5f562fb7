import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { ProblemAlert } from '../ui/callout'
import { SubmitButton } from '../ui/submit-button'
import { useGiveSecondFactor } from './queries'

/** The second step of signing in: a code of the app, or one of the recovery codes. */
export function CodeForm(props: { onStartAgain: () => void; onSignedIn?: () => void }) {
  const [recovery, setRecovery] = useState(false)
  const [code, setCode] = useState('')
  const give = useGiveSecondFactor()
  const field = useRef<HTMLInputElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another kind of code begins in the same field
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
            ? 'One of the recovery codes that you kept when you set up two-factor. Each works once; dashes make no difference.'
            : 'Your authenticator app shows it, a new one every half minute.'}
        </Text>
        <TextInput
          ref={field}
          label={recovery ? 'Recovery code' : 'Code'}
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
        <SubmitButton busy={give.isPending}>Sign in</SubmitButton>
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
            {recovery ? 'Use a code of the app' : 'Use a recovery code'}
          </Button>
          <Button variant="subtle" px={0} onClick={props.onStartAgain}>
            Start again
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
