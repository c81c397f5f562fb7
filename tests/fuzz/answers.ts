import Ajv, { type ValidateFunction } from 'ajv/dist/2020'
import addFormats from 'ajv-formats'
import type { Operation, Schema } from './requests'

/** Validators for each operation's answers, by operation and status, compiled on first use. */
export function checksOf(operations: Operation[]): { get(name: string): ValidateFunction | undefined } {
  const ajv = new Ajv({ strict: false })
  addFormats(ajv)
  /** Validators by schema, because most refusals of most operations share one. */
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
