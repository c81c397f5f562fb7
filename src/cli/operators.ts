import { findOperator, grantOperator, revokeOperator } from '../identity/site/store'
import type { Database } from '../platform/db/database'
import { t } from '../platform/messages/t'
import { CommandError } from './command-error'
import { operatorAddress } from './operator-address'

/** Makes an account an operator. Returns the lines to print. */
export async function makeOperator(db: Database, typed: string): Promise<string[]> {
  const address = operatorAddress(typed)
  const granted = await grantOperator(db, address)
  if (granted) return [t('{address} is now an operator.', { address }), ...warning(address, granted.addressConfirmed)]
  const found = await findOperator(db, address)
  if (!found)
    throw new CommandError(
      t('There is no account with the address {address}. Register it in the portal first.', { address }),
    )
  if (found.disabled)
    throw new CommandError(
      t('The account with the address {address} is disabled. Ask an operator to enable it first, under Accounts.', {
        address,
      }),
    )
  return [t('{address} is already an operator.', { address }), ...warning(address, found.addressConfirmed)]
}

/** Makes an operator an ordinary account. Returns the lines to print. */
export async function removeOperator(db: Database, typed: string): Promise<string[]> {
  const address = operatorAddress(typed)
  if (await revokeOperator(db, address)) return [t('{address} is no longer an operator.', { address })]
  const found = await findOperator(db, address)
  if (!found) throw new CommandError(t('There is no account with the address {address}.', { address }))
  if (found.operator)
    throw new CommandError(
      t('{address} is the last operator. Make another account an operator first: guildhall operator grant EMAIL', {
        address,
      }),
    )
  return [t('{address} is not an operator.', { address })]
}

const warning = (address: string, addressConfirmed: boolean): string[] =>
  addressConfirmed
    ? []
    : [
        t(
          'Warning: this address is not confirmed, and anyone can register with someone else’s address. Make sure that the account belongs to the right person. If it doesn’t, run: guildhall operator revoke {address}',
          { address },
        ),
      ]
