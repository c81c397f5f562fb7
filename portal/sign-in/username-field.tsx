import { useMe } from '../session'

/**
 * Tells password managers whose password this is. Without it they store the password under another account, or none. It is
 * hidden from people.
 */
export const UsernameField = (props: { email: string }) => (
  <input type="text" name="username" autoComplete="username" value={props.email} readOnly hidden />
)

export function OwnUsernameField() {
  const { account } = useMe()
  return <UsernameField email={account.email} />
}
