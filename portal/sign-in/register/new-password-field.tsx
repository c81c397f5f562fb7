import { PasswordInput, type PasswordInputProps } from '@mantine/core'
import { t } from '../../../src/platform/messages/t'

/** The field for a new password. */
export function NewPasswordField(props: PasswordInputProps) {
  return (
    <PasswordInput
      label={t('Password')}
      description={t('At least 15 characters. A few words in a row are easy to remember.')}
      autoComplete="new-password"
      required
      {...props}
    />
  )
}
