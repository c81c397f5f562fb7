import { Group, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { LinkPicture } from '../../invitations/link-picture'
import { useConfirmSecondFactor, useStartSecondFactor } from '../../sign-in/queries'
import { CopyButton } from '../../ui/copy-button'
import { ConfirmDialog, Dialog } from '../../ui/dialog'
import { toast } from '../../ui/toast'
import { OwnPasswordField } from '../password/own-password-field'
import { RecoveryCodes } from './recovery-codes'
import classes from './two-factor.module.css'

type Begun = { uri: string; secret: string; recoveryCodes: string[] }

/** Password, picture and first code, recovery codes: one window after the other. */
export function SetUpTwoFactorDialog(props: { withPassword: boolean; onClose: () => void }) {
  const [begun, setBegun] = useState<Begun | null>(null)
  const [confirmed, setConfirmed] = useState(false)
  if (!begun) return <Begin {...props} onBegun={setBegun} />
  if (!confirmed) return <FirstCode begun={begun} onClose={props.onClose} onConfirmed={() => setConfirmed(true)} />
  return (
    <Dialog title="Your recovery codes" stays onClose={props.onClose}>
      <RecoveryCodes codes={begun.recoveryCodes} onClose={props.onClose} />
    </Dialog>
  )
}

function Begin(props: { withPassword: boolean; onClose: () => void; onBegun: (begun: Begun) => void }) {
  const [password, setPassword] = useState('')
  const start = useStartSecondFactor()
  return (
    <ConfirmDialog
      title="Set up two-factor"
      confirmLabel="Go on"
      onClose={props.onClose}
      closes={false}
      onConfirm={async () => props.onBegun(await start.mutateAsync(props.withPassword ? { password } : {}))}
    >
      <Text>You need an authenticator app on your phone. Every other device is signed out when it is on.</Text>
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
      title="Show this to your app"
      size="lg"
      onClose={props.onClose}
      closes={false}
      onConfirm={async () => {
        await confirm.mutateAsync({ code })
        toast('Two-factor is on.')
        props.onConfirmed()
      }}
    >
      <Group gap="lg" align="center">
        <LinkPicture link={uri} label="QR picture for the app" />
        <Stack gap="xs" align="flex-start" flex="1 1 220px" miw={0}>
          <Text>Read the picture with the app, or type this into it:</Text>
          <Text className={classes.secret} aria-label="Secret" component="output">
            {secret.match(/.{1,4}/g)!.join(' ')}
          </Text>
          <CopyButton text={secret} label="Copy secret" />
        </Stack>
      </Group>
      <TextInput
        label="Code"
        description="Six digits that the app shows now."
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
