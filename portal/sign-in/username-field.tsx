import { useMe } from '../session'

/**
 * Tells password managers whose password this is; without it they store it under another account, or under none. It is
 * for them alone: people neither see it nor come by it.
 */
export const UsernameField = (props: { email: string }) => (
  <input type="text" name="username" autoComplete="username" value={props.email} readOnly hidden />
)

export function OwnUsernameField() {
  const { account } = useMe()
  return <UsernameField email={account.email} />
}
