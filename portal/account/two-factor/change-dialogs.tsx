import { Text } from '@mantine/core'
import { useState } from 'react'
import { t } from '../../../src/platform/messages/t'
import { OwnPasswordField } from '../../sign-in/own-password-field'
import { ConfirmDialog } from '../../ui/dialog'
import { toast } from '../../ui/toast'
import { useRemoveSecondFactor, useRenewRecoveryCodes } from '../queries'
import { RecoveryCodesWindow } from './recovery-codes'

interface Props {
  withPassword: boolean
  onClose: () => void
}

export function RemoveTwoFactorDialog({ withPassword, onClose }: Props) {
  const [password, setPassword] = useState('')
  const remove = useRemoveSecondFactor()
  return (
    <ConfirmDialog
      title={t('Turn off two-factor authentication?')}
      danger
      onClose={onClose}
      onConfirm={async () => {
        await remove.mutateAsync(withPassword ? { password } : {})
        toast(t('Two-factor authentication turned off.'), 'neutral')
      }}
    >
      <Text>{t('You’ll sign in with only your password. Your recovery codes will stop working.')}</Text>
      {withPassword && <OwnPasswordField value={password} onChange={setPassword} />}
    </ConfirmDialog>
  )
}

export function RecoveryCodesDialog({ withPassword, onClose }: Props) {
  const [password, setPassword] = useState('')
  const [codes, setCodes] = useState<string[] | null>(null)
  const renew = useRenewRecoveryCodes()
  if (codes) return <RecoveryCodesWindow codes={codes} onClose={onClose} />
  return (
    <ConfirmDialog
      title={t('Generate new recovery codes?')}
      onClose={onClose}
      closes={false}
      onConfirm={async () => setCodes((await renew.mutateAsync(withPassword ? { password } : {})).recoveryCodes)}
    >
      <Text>{t('Your current recovery codes will stop working.')}</Text>
      {withPassword && <OwnPasswordField value={password} onChange={setPassword} />}
    </ConfirmDialog>
  )
}
