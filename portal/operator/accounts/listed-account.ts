import type { listAccounts } from '../../../src/identity/accounts/schema'
import type { RowOf } from '../../endpoint-hooks'

export type ListedAccount = RowOf<typeof listAccounts>
