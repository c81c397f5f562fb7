import Ajv, { type ValidateFunction } from 'ajv/dist/2020'
import addFormats from 'ajv-formats'
import type { Operation, Schema } from './requests'

/** A check for each answer of each operation, by its name and status, made when it is first asked for. */
export function checksOf(operations: Operation[]): { get(name: string): ValidateFunction | undefined } {
  const ajv = new Ajv({ strict: false })
  addFormats(ajv)
  /** By what they check: most refusals of most operations are documented alike. */
  const made = new Map<string, ValidateFunction>()
  const schemas = new Map<string, Schema>()
  for (const { id, responses } of operations)
    for (const [status, { content }] of Object.entries(responses))
      schemas.set(`${id} ${status}`, Object.values(content ?? {})[0]?.schema ?? {})
  return {
    get(name) {
      const schema = schemas.get(name)
      if (!schema) return undefined
      const key = JSON.stringify(schema)
      const check = made.get(key) ?? ajv.compile(schema)
      made.set(key, check)
      return check
    },
  }
}
