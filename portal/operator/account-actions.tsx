import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { siteInfoQuery } from '../account/queries'
import { useMe } from '../session'
import { personName } from '../ui/person-name'
import classes from './account-actions.module.css'
import { AccountRolesDialog } from './account-roles-dialog'
import { ConfirmAddressDialog } from './confirm-address-dialog'
import { DisableAccountDialog } from './disable-account-dialog'
import { EnableAccountDialog } from './enable-account-dialog'
import { OneTimeLinkDialog } from './one-time-link-dialog'
import { OneTimeLinkWindow } from './one-time-link-window'
import type { ListedAccount } from './queries'
import { RemoveTwoFactorDialog } from './remove-two-factor-dialog'

type Action = 'confirm' | 'roles' | 'link' | 'two-factor' | 'disable' | 'enable'

/** What an operator can do with an account of somebody else. */
export function AccountActions(props: { account: ListedAccount }) {
  const { account } = props
  const me = useMe()
  const { data: site } = useQuery(siteInfoQuery)
  const [action, setAction] = useState<Action | null>(null)
  const [link, setLink] = useState<string | null>(null)
  const dialog = { account, onClose: () => setAction(null) }
  const name = personName(account)
  const active = account.disabledAt === null
  const others = account.id !== me.account.id
  const button = (what: Action, label: string, whose: string) => (
    <Button variant="default" size="xs" aria-label={`${label} ${whose}`} onClick={() => setAction(what)}>
      {label}
    </Button>
  )
  return (
    <>
      <div className={classes.actions}>
        {!account.emailConfirmed && button('confirm', 'Confirm address', `of ${name}`)}
        {button('roles', 'Active roles', `of ${name}`)}
        {others && active && site?.passwords && button('link', 'One-time link', `for ${name}`)}
        {others && active && account.secondFactor && button('two-factor', 'Remove two-factor', `of ${name}`)}
        {others && active && button('disable', 'Disable', name)}
        {others && !active && button('enable', 'Enable', name)}
      </div>
      {action === 'confirm' && <ConfirmAddressDialog {...dialog} />}
      {action === 'roles' && <AccountRolesDialog {...dialog} />}
      {action === 'link' && <OneTimeLinkDialog {...dialog} onMade={setLink} />}
      {link && <OneTimeLinkWindow name={name} link={link} onClose={() => setLink(null)} />}
      {action === 'two-factor' && <RemoveTwoFactorDialog {...dialog} />}
      {action === 'disable' && <DisableAccountDialog {...dialog} />}
      {action === 'enable' && <EnableAccountDialog {...dialog} />}
    </>
  )
}
