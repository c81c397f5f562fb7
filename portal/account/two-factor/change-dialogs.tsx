import { Text } from '@mantine/core'
import { useState } from 'react'
import { useRemoveSecondFactor, useRenewRecoveryCodes } from '../../sign-in/queries'
import { ConfirmDialog, Dialog } from '../../ui/dialog'
import { toast } from '../../ui/toast'
import { OwnPasswordField } from '../password/own-password-field'
import { RecoveryCodes } from './recovery-codes'

interface Props {
  withPassword: boolean
  onClose: () => void
}

export function RemoveTwoFactorDialog({ withPassword, onClose }: Props) {
  const [password, setPassword] = useState('')
  const remove = useRemoveSecondFactor()
  return (
    <ConfirmDialog
      title="Remove two-factor?"
      danger
      onClose={onClose}
      onConfirm={async () => {
        await remove.mutateAsync(withPassword ? { password } : {})
        toast('Two-factor is off.', 'neutral')
      }}
    >
      <Text>Your password alone will sign you in. The recovery codes no longer work.</Text>
      {withPassword && <OwnPasswordField value={password} onChange={setPassword} />}
    </ConfirmDialog>
  )
}

export function RecoveryCodesDialog({ withPassword, onClose }: Props) {
  const [password, setPassword] = useState('')
  const [codes, setCodes] = useState<string[] | null>(null)
  const renew = useRenewRecoveryCodes()
  if (codes)
    return (
      <Dialog title="Your recovery codes" stays onClose={onClose}>
        <RecoveryCodes codes={codes} onClose={onClose} />
      </Dialog>
    )
  return (
    <ConfirmDialog
      title="Make new recovery codes?"
      onClose={onClose}
      closes={false}
      onConfirm={async () => setCodes((await renew.mutateAsync(withPassword ? { password } : {})).recoveryCodes)}
    >
      <Text>The old ones no longer work then.</Text>
      {withPassword && <OwnPasswordField value={password} onChange={setPassword} />}
    </ConfirmDialog>
  )
}
