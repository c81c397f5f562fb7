import { PasswordInput } from '@mantine/core'
import { OwnUsernameField } from '../../sign-in/username-field'

/** The account's password, asked for again inside a window. */
export function OwnPasswordField(props: { value: string; onChange: (password: string) => void }) {
  return (
    <>
      <OwnUsernameField />
      <PasswordInput
        label="Your password"
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
