import { PasswordInput } from '@mantine/core'
import type { Ref } from 'react'
import { t } from '../../src/platform/messages/t'
import { useFieldError, useRefusal } from '../ui/field-errors'
import { OwnUsernameField } from './username-field'

/** Asks for the account’s password again, in a dialog. */
export function OwnPasswordField(props: {
  value: string
  onChange: (password: string) => void
  /** Outside a `ConfirmDialog`: whether the password was wrong. */
  wrong?: boolean
  ref?: Ref<HTMLInputElement>
}) {
  const error = useFieldError('password', 'wrong_credentials')
  const refusal = useRefusal()
  const wrong = props.wrong || refusal?.code === 'wrong_credentials'
  return (
    <>
      <OwnUsernameField />
      <PasswordInput
        label={t('Your password')}
        name="password"
        autoComplete="current-password"
        required
        data-autofocus
        ref={props.ref}
        error={wrong ? t('Wrong password. Try again.') : error}
        value={props.value}
        onChange={(event) => props.onChange(event.currentTarget.value)}
      />
    </>
  )
}
