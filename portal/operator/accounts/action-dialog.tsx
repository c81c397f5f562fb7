import { useState } from 'react'
import { personName } from '../../../src/platform/input/names'
import { ConfirmAddressDialog } from './confirm-address-dialog'
import { DisableAccountDialog } from './disable-dialog'
import { EnableAccountDialog } from './enable-dialog'
import { OneTimeLinkDialog } from './one-time-link-dialog'
import { OneTimeLinkWindow } from './one-time-link-window'
import type { ListedAccount } from './queries'
import { RemoveTwoFactorOfDialog } from './remove-two-factor-dialog'
import { AccountRolesDialog } from './roles-dialog'

const dialogs = {
  confirm: ConfirmAddressDialog,
  roles: AccountRolesDialog,
  link: OneTimeLink,
  'two-factor': RemoveTwoFactorOfDialog,
  disable: DisableAccountDialog,
  enable: EnableAccountDialog,
}
export type AccountAction = keyof typeof dialogs

/** The dialog of an action. It belongs to the page: the account may leave the list while an operator types a reason. */
export function AccountActionDialog(props: { action: AccountAction; account: ListedAccount; onClose: () => void }) {
  const { action, ...rest } = props
  const ActionDialog = dialogs[action]
  return <ActionDialog {...rest} />
}

function OneTimeLink(props: { account: ListedAccount; onClose: () => void }) {
  const [link, setLink] = useState<string | null>(null)
  if (link) return <OneTimeLinkWindow name={personName(props.account)} link={link} onClose={props.onClose} />
  return <OneTimeLinkDialog {...props} onMade={setLink} />
}
