import { validate as isUuid } from 'uuid'
import { readAddress } from '../../platform/input/addresses'
import { readCsv } from '../../platform/input/csv'
import type { adoptionTroubles } from './schema'

/** The most rows of one adoption. */
export const mostRows = 5000

/** So many are reported. */
export const mostTroubles = 100

/** A row of an adoption: which account an entry belongs to. */
export interface AdoptionRow {
  /** From 1, as in the file. */
  row: number
  accountId: string | null
  email: string | null
  entry: string
}

export interface Trouble {
  row: number
  trouble: (typeof adoptionTroubles)[number]
}

const isHeading = (row: string[]): boolean => /^(account|e-?mail|address|user|id)\b/i.test(row[0] ?? '')

/** Reads the rows of a CSV. A first row of column names is left out. */
export function readRows(csv: string): { rows: AdoptionRow[]; troubles: Trouble[] } {
  const read = readCsv(csv).flatMap((fields, index) =>
    index === 0 && isHeading(fields) ? [] : rowOf(fields, index + 1),
  )
  return {
    rows: read.filter((one): one is AdoptionRow => 'entry' in one),
    troubles: read.filter((one): one is Trouble => 'trouble' in one),
  }
}

function rowOf(fields: string[], row: number): AdoptionRow | Trouble {
  const [account = '', entry = ''] = fields
  if (fields.length !== 2 || account === '' || entry === '') return { row, trouble: 'not_a_row' }
  if (isUuid(account)) return { row, accountId: account.toLowerCase(), email: null, entry }
  const address = readAddress(account)
  return 'value' in address ? { row, accountId: null, email: address.value, entry } : { row, trouble: 'not_a_row' }
}
