import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { siteInfoQuery } from '../../account/queries'
import { useMe } from '../../session'
import { personName } from '../../ui/person-name'
import type { ListedAccount } from '../queries'
import type { AccountAction } from './action-dialog'
import classes from './actions.module.css'

/** What an operator can do with an account. */
export function AccountActions(props: { account: ListedAccount; onChoose: (action: AccountAction) => void }) {
  const { account } = props
  const me = useMe()
  const { data: site } = useQuery(siteInfoQuery)
  const name = personName(account)
  const active = account.disabledAt === null
  const others = account.id !== me.account.id
  const button = (action: AccountAction, label: string, whose: string) => (
    <Button variant="default" size="xs" aria-label={`${label} ${whose}`} onClick={() => props.onChoose(action)}>
      {label}
    </Button>
  )
  return (
    <div className={classes.actions}>
      {!account.emailConfirmed && button('confirm', 'Confirm address', `of ${name}`)}
      {button('roles', 'Active roles', `of ${name}`)}
      {others && active && site?.passwords && button('link', 'One-time link', `for ${name}`)}
      {others && active && account.secondFactor && button('two-factor', 'Remove two-factor', `of ${name}`)}
      {others && active && button('disable', 'Disable', name)}
      {others && !active && button('enable', 'Enable', name)}
    </div>
  )
}
