import { Button, Group, Stack, Text } from '@mantine/core'
import { useLocation, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { formatMessage } from '../../../src/platform/messages/format-message'
import { t } from '../../../src/platform/messages/t'
import { useMe } from '../../session'
import { useSignInMethods } from '../../sign-in/queries'
import { Callout } from '../../ui/callout'
import { Section } from '../../ui/page'
import { RecoveryCodesDialog, RemoveTwoFactorDialog } from './change-dialogs'
import { SetUpTwoFactorDialog } from './set-up-dialog'

type Open = 'set up' | 'recovery codes' | 'remove'

export function TwoFactorSection() {
  const { data: methods } = useSignInMethods()
  const { todo } = useMe()
  const [open, setOpen] = useState<Open | null>(null)
  const navigate = useNavigate()
  const linked = useLocation({ select: ({ hash }) => hash === 'two-factor' })
  const opensDialog = linked && todo.includes('second_factor') && methods !== undefined
  // The link opens the dialog at once, also when it is followed again from this page.
  useEffect(() => {
    if (!opensDialog) return
    setOpen('set up')
    void navigate({ to: '/account', hash: '', replace: true, resetScroll: false })
  }, [opensDialog, navigate])
  if (!methods || (methods.secondFactorOff && !methods.secondFactor)) return null
  const close = () => setOpen(null)
  return (
    <Section
      title={t('Two-factor authentication')}
      anchor="two-factor"
      lead={t('When you sign in with your password, you also enter a code from your authenticator app.')}
    >
      {todo.includes('second_factor') && (
        <Callout title={t('Set up two-factor authentication to continue')}>
          <Text>{t('This site requires two-factor authentication. Signing in with a passkey counts as well.')}</Text>
        </Callout>
      )}
      <Group className="surface" justify="space-between" gap="md">
        {methods.secondFactor ? (
          <>
            <Stack gap={2}>
              <Text fw={600}>{t('On')}</Text>
              <Text c="dimmed">{codesLeft(methods.recoveryCodesLeft ?? 0)}</Text>
            </Stack>
            <Group gap="sm">
              <Button variant="default" onClick={() => setOpen('recovery codes')}>
                {t('Generate new recovery codes')}
              </Button>
              <Button variant="default" onClick={() => setOpen('remove')}>
                {t('Turn off two-factor authentication')}
              </Button>
            </Group>
          </>
        ) : (
          <>
            <Text>{t('Off')}</Text>
            <Button onClick={() => setOpen('set up')}>{t('Set up two-factor authentication')}</Button>
          </>
        )}
      </Group>
      {open === 'set up' && <SetUpTwoFactorDialog withPassword={methods.password} onClose={close} />}
      {open === 'recovery codes' && <RecoveryCodesDialog withPassword={methods.password} onClose={close} />}
      {open === 'remove' && <RemoveTwoFactorDialog withPassword={methods.password} onClose={close} />}
    </Section>
  )
}

const codesLeft = (count: number) =>
  formatMessage('{count, plural, one {# recovery code left} other {# recovery codes left}}', { count })
