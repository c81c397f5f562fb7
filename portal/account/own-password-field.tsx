import { PasswordInput } from '@mantine/core'

/** The account's password, asked for again inside a window. */
export function OwnPasswordField(props: { value: string; onChange: (password: string) => void }) {
  return (
    <PasswordInput
      label="Your password"
      autoComplete="current-password"
      required
      data-autofocus
      visibilityToggleButtonProps={{ 'aria-label': 'Show what is typed' }}
      value={props.value}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    />
  )
}
