import { useMe } from '../session'

/**
 * Tells password managers whose password this is; without it they store it under another account, or under none. It is
 * for them alone: people neither see it nor come by it.
 */
export function UsernameField() {
  const { account } = useMe()
  return <input type="text" name="username" autoComplete="username" value={account.email} readOnly hidden />
}
