import { PasswordInput } from '@mantine/core'
import { t } from '../../../src/platform/messages/t'
import { OwnUsernameField } from '../../sign-in/username-field'

/** Asks for the account’s password again, in a dialog. */
export function OwnPasswordField(props: { value: string; onChange: (password: string) => void }) {
  return (
    <>
      <OwnUsernameField />
      <PasswordInput
        label={t('Your password')}
        name="password"
        autoComplete="current-password"
        required
        data-autofocus
        value={props.value}
        onChange={(event) => props.onChange(event.currentTarget.value)}
      />
    </>
  )
}
