import Ajv, { type ValidateFunction } from 'ajv/dist/2020'
import addFormats from 'ajv-formats'
import type { Operation } from './requests'

/** A check for each answer of each operation, by its name and status. */
export function checksOf(operations: Operation[]): Map<string, ValidateFunction> {
  const ajv = new Ajv({ strict: false })
  addFormats(ajv)
  const checks = new Map<string, ValidateFunction>()
  for (const { id, responses } of operations)
    for (const [status, { content }] of Object.entries(responses)) {
      const schema = content && Object.values(content)[0]?.schema
      checks.set(`${id} ${status}`, ajv.compile(schema ?? {}))
    }
  return checks
}
