import { Button, Group, Stack, Text } from '@mantine/core'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useMe } from '../../session'
import { useSignInMethods } from '../../sign-in/queries'
import { Callout } from '../../ui/callout'
import { Section } from '../../ui/page'
import { counted } from '../../ui/person-name'
import { RecoveryCodesDialog, RemoveTwoFactorDialog } from './change-dialogs'
import { SetUpTwoFactorDialog } from './set-up-dialog'

type Open = 'set up' | 'recovery codes' | 'remove'

export function TwoFactorSection() {
  const { data: methods } = useSignInMethods()
  const { todo } = useMe()
  const [open, setOpen] = useState<Open | null>(null)
  const navigate = useNavigate()
  const linked = useLocation({ select: ({ hash }) => hash === 'two-factor' })
  const wanted = linked && todo.includes('second_factor') && methods !== undefined
  // Whoever has to set it up is there at once. The link can be followed again, also from this page.
  useEffect(() => {
    if (!wanted) return
    setOpen('set up')
    void navigate({ to: '/account', hash: '', replace: true, resetScroll: false })
  }, [wanted, navigate])
  if (!methods || (methods.secondFactorOff && !methods.secondFactor)) return null
  const close = () => setOpen(null)
  return (
    <Section
      title="Two-factor"
      anchor="two-factor"
      lead="After the password you are asked for a code that only your phone can show."
    >
      {todo.includes('second_factor') && (
        <Callout title="Set it up to go on">
          <Text>
            This site asks you for a second factor. A passkey is one too: sign in with it, and you are through.
          </Text>
        </Callout>
      )}
      <Group className="surface" justify="space-between" gap="md">
        {methods.secondFactor ? (
          <>
            <Stack gap={2}>
              <Text fw={600}>On</Text>
              <Text c="dimmed">{counted(methods.recoveryCodesLeft ?? 0, 'recovery code')} left</Text>
            </Stack>
            <Group gap="sm">
              <Button variant="default" onClick={() => setOpen('recovery codes')}>
                New recovery codes
              </Button>
              <Button variant="default" onClick={() => setOpen('remove')}>
                Remove two-factor
              </Button>
            </Group>
          </>
        ) : (
          <>
            <Text>Off</Text>
            <Button onClick={() => setOpen('set up')}>Set up two-factor</Button>
          </>
        )}
      </Group>
      {open === 'set up' && <SetUpTwoFactorDialog withPassword={methods.password} onClose={close} />}
      {open === 'recovery codes' && <RecoveryCodesDialog withPassword={methods.password} onClose={close} />}
      {open === 'remove' && <RemoveTwoFactorDialog withPassword={methods.password} onClose={close} />}
    </Section>
  )
}
