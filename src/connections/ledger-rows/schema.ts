import { z } from 'zod'
import { endpointsOf } from '../../platform/http/declare'
import { id, moment, pageOf, paging, person } from '../../platform/http/fields'

const endpoint = endpointsOf('Connections')

export const rowStates = ['failed', 'drifted', 'pending', 'applied'] as const

const ledgerRow = z.object({
  id: id.describe('The account.'),
  person: person.nullable().describe('Null if the account was deleted.'),
  organization: z.object({ id, name: z.string() }).nullable(),
  held: z.boolean().describe('Whether the person may use the service.'),
  state: z.enum(rowStates),
  error: z.string().nullable().describe('Why the last attempt failed: a code.'),
  drift: z.array(z.string()).nullable().describe('How the service differs from what was applied: codes.'),
  attempts: z.int().describe('Failed attempts in a row.'),
  desiredAt: moment.describe('Since when this is wanted.'),
  appliedAt: moment.nullable(),
  observedAt: moment.nullable().describe('When the service was last looked at.'),
  nextAttemptAt: moment.nullable(),
  provedAt: moment.nullable().describe('When the service confirmed that access had ended.'),
  s3Keys: z.int().describe('How many S3 keys the person has for the service.'),
})
export type LedgerRowItem = z.infer<typeof ledgerRow>

export const listLedgerRows = endpoint({
  id: 'listLedgerRows',
  method: 'GET',
  path: '/api/connections/{connectionId}/accounts',
  access: 'operator',
  summary: 'The accounts that a connection is about, and their state, latest change first',
  input: z.strictObject({
    connectionId: id,
    ...paging,
    state: z.enum(rowStates).optional().describe('Only accounts in this state.'),
  }),
  answer: pageOf(ledgerRow),
  problems: ['connection_not_found'],
})

export const retryConnection = endpoint({
  id: 'retryConnection',
  method: 'POST',
  path: '/api/connections/{connectionId}/retry',
  access: 'operator',
  summary: 'Try at once what has failed, for one account or for all',
  input: z.strictObject({ connectionId: id, accountId: id.optional() }),
  problems: ['connection_not_found'],
})

export const observeConnection = endpoint({
  id: 'observeConnection',
  method: 'POST',
  path: '/api/connections/{connectionId}/observe',
  access: 'operator',
  summary: 'Compare the service with what was applied there, now: for one account, or for all and everything in it',
  input: z.strictObject({ connectionId: id, accountId: id.optional() }),
  problems: ['connection_not_found', 'connection_not_observable'],
})
