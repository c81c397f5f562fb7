import { Button } from '@mantine/core'
import { personName } from '../../../src/platform/input/names'
import { t } from '../../../src/platform/messages/t'
import { useMe } from '../../session'
import { useSiteInfo } from '../../sign-in/queries'
import type { AccountAction } from './action-dialog'
import classes from './actions.module.css'
import type { ListedAccount } from './queries'

/** What an operator can do with an account. Each button’s accessible name says whose account it is. */
export function AccountActions(props: { account: ListedAccount; onChoose: (action: AccountAction) => void }) {
  const { account } = props
  const me = useMe()
  const { data: site } = useSiteInfo()
  const name = personName(account)
  const active = account.disabledAt === null
  const others = account.id !== me.account.id
  const button = (action: AccountAction, label: string, fullLabel: string) => (
    <Button variant="default" size="xs" aria-label={fullLabel} onClick={() => props.onChoose(action)}>
      {label}
    </Button>
  )
  return (
    <div className={classes.actions}>
      {!account.emailConfirmed && button('confirm', t('Confirm address'), t('Confirm address of {name}', { name }))}
      {button('roles', t('Active roles'), t('Active roles of {name}', { name }))}
      {others &&
        active &&
        site?.passwords &&
        button('link', t('One-time link'), t('One-time link for {name}', { name }))}
      {others &&
        active &&
        account.secondFactor &&
        button(
          'two-factor',
          t('Remove two-factor authentication'),
          t('Remove two-factor authentication of {name}', { name }),
        )}
      {others && active && button('disable', t('Disable'), t('Disable {name}', { name }))}
      {others && !active && button('enable', t('Enable'), t('Enable {name}', { name }))}
    </div>
  )
}
