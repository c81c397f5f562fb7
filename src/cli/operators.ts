import { findOperator, grantOperator } from '../identity/site/store'
import type { Database } from '../platform/db/database'
import { operatorAddress } from './operator-address'
import { CommandError } from './refusal'

/** What is said when an account was made an operator. */
export async function makeOperator(db: Database, typed: string): Promise<string[]> {
  const address = operatorAddress(typed)
  const granted = await grantOperator(db, address)
  if (granted) return [`${address} is an operator now.`, ...warning(address, granted.addressConfirmed)]
  const found = await findOperator(db, address)
  if (!found)
    throw new CommandError(`There is no account with the address ${address}. Register it in the portal first.`)
  if (found.disabled)
    throw new CommandError(
      `Nobody can sign in to the account with the address ${address}: it is disabled. Have an operator enable it first, in the portal under Accounts.`,
    )
  return [`${address} is an operator already.`, ...warning(address, found.addressConfirmed)]
}

const warning = (address: string, addressConfirmed: boolean): string[] =>
  addressConfirmed
    ? []
    : [
        'Warning: nobody has confirmed this address, and anybody can register with somebody else’s. Make sure that the account belongs to whom you mean. ' +
          `If it does not: guildhall operator revoke ${address}`,
      ]
