import { Group, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { startSecondFactor } from '../../../src/identity/second-factors/schema'
import type { AnswerOf } from '../../../src/platform/http/endpoint'
import { t } from '../../../src/platform/messages/t'
import { LinkPicture } from '../../invitations/link-picture'
import { OwnPasswordField } from '../../sign-in/own-password-field'
import { CopyButton } from '../../ui/copy-button'
import { ConfirmDialog } from '../../ui/dialog'
import { toast } from '../../ui/toast'
import { useConfirmSecondFactor, useStartSecondFactor } from '../queries'
import { RecoveryCodesWindow } from './recovery-codes'
import classes from './two-factor.module.css'

type Begun = AnswerOf<typeof startSecondFactor>

/** Three dialogs in a row: the password, the QR code with the first code, the recovery codes. */
export function SetUpTwoFactorDialog(props: { withPassword: boolean; onClose: () => void }) {
  const [begun, setBegun] = useState<Begun | null>(null)
  const [confirmed, setConfirmed] = useState(false)
  if (!begun) return <Begin {...props} onBegun={setBegun} />
  if (!confirmed) return <FirstCode begun={begun} onClose={props.onClose} onConfirmed={() => setConfirmed(true)} />
  return <RecoveryCodesWindow codes={begun.recoveryCodes} onClose={props.onClose} />
}

function Begin(props: { withPassword: boolean; onClose: () => void; onBegun: (begun: Begun) => void }) {
  const [password, setPassword] = useState('')
  const start = useStartSecondFactor()
  return (
    <ConfirmDialog
      title={t('Set up two-factor authentication')}
      confirmLabel={t('Continue')}
      onClose={props.onClose}
      closes={false}
      onConfirm={async () => props.onBegun(await start.mutateAsync(props.withPassword ? { password } : {}))}
    >
      <Text>
        {t(
          'You need an authenticator app on your phone. Turning on two-factor authentication signs you out on all other devices.',
        )}
      </Text>
      {props.withPassword && <OwnPasswordField value={password} onChange={setPassword} />}
    </ConfirmDialog>
  )
}

function FirstCode(props: { begun: Begun; onClose: () => void; onConfirmed: () => void }) {
  const { uri, secret } = props.begun
  const [code, setCode] = useState('')
  const confirm = useConfirmSecondFactor()
  return (
    <ConfirmDialog
      title={t('Scan this QR code')}
      size="lg"
      onClose={props.onClose}
      closes={false}
      onConfirm={async () => {
        await confirm.mutateAsync({ code })
        toast(t('Two-factor authentication turned on.'))
        props.onConfirmed()
      }}
    >
      <Group gap="lg" align="center">
        <LinkPicture link={uri} label={t('QR code for your authenticator app')} />
        <Stack gap="xs" align="flex-start" flex="1 1 220px" miw={0}>
          <Text>{t('Scan it with your authenticator app, or enter this key:')}</Text>
          <Text className={classes.secret} aria-label={t('Key')} component="output">
            {secret.match(/.{1,4}/g)!.join(' ')}
          </Text>
          <CopyButton text={secret} label={t('Copy key')} />
        </Stack>
      </Group>
      <TextInput
        label={t('Code')}
        description={t('Enter the six-digit code from the app.')}
        inputMode="numeric"
        autoComplete="one-time-code"
        required
        data-autofocus
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
    </ConfirmDialog>
  )
}
