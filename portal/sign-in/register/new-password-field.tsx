import { PasswordInput, type PasswordInputProps } from '@mantine/core'

/** A password that is about to be set. */
export function NewPasswordField(props: PasswordInputProps) {
  return (
    <PasswordInput
      label="Password"
      description="At least 15 characters. A few words in a row are easy to remember."
      autoComplete="new-password"
      required
      {...props}
    />
  )
}
