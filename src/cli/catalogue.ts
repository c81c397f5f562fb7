import { readFileSync } from 'node:fs'
import type { Database } from '../platform/db/database'
import { type FieldError, Problem } from '../platform/errors'
import { fieldErrors } from '../platform/http/field-errors'
import { fill, message, t } from '../platform/messages/t'
import { jsonOf, placeIn, WrongFile } from '../roles/services/file'
import { checkCatalogue, planCatalogue, toCatalogue } from '../roles/services/rules'
import { type Catalogue, type CatalogueChange, catalogue } from '../roles/services/schema'
import { findCatalogue, saveCatalogue } from '../roles/services/store'
import { CommandError } from './command-error'

/** Reads a catalogue file. Reports what is wrong with it, and where. */
export function readCatalogue(path: string): Catalogue {
  const content = read(path)
  const result = catalogue.safeParse(content, { reportInput: true })
  if (!result.success) throw wrong(path, content, fieldErrors(result.error))
  try {
    checkCatalogue(result.data)
  } catch (error) {
    if (error instanceof Problem) throw wrong(path, content, error.errors!)
    throw error
  }
  return result.data
}

function read(path: string): unknown {
  let bytes: Buffer
  try {
    bytes = readFileSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EISDIR')
      throw new CommandError(t('{path} is a directory. Specify a file.', { path }))
    throw new CommandError(t('{path} cannot be read: {reason}', { path, reason: (error as Error).message }))
  }
  try {
    return jsonOf(bytes)
  } catch (error) {
    if (error instanceof WrongFile)
      throw new CommandError(t('{path} was not imported. {reason}', { path, reason: error.message }))
    throw error
  }
}

const wrong = (path: string, content: unknown, errors: FieldError[]) =>
  new CommandError(
    [
      t('{path} was not imported; nothing was changed.', { path }),
      ...errors.map((error) => `  ${placeIn(content, error.path)}: ${error.message}`),
    ].join('\n'),
  )

/**
 * Makes the catalogue match the file, all or nothing. Returns the changes; with `dryRun`, the changes it would make.
 */
export async function importFile(db: Database, path: string, dryRun: boolean): Promise<CatalogueChange[]> {
  const target = readCatalogue(path)
  for (;;) {
    const { services, version } = await findCatalogue(db)
    const plan = planned(() => planCatalogue(services, target))
    if (dryRun || plan.changes.length === 0) return plan.changes
    // Undefined if the catalogue has changed since it was read: run again on its current state.
    if (await saveCatalogue(db, { plan, version, actor: null })) return plan.changes
  }
}

function planned<T>(plan: () => T): T {
  try {
    return plan()
  } catch (error) {
    if (error instanceof Problem) throw new CommandError(error.detail)
    throw error
  }
}

export async function exportFile(db: Database): Promise<string> {
  return `${JSON.stringify(toCatalogue((await findCatalogue(db)).services), null, 2)}\n`
}

const words: Record<CatalogueChange['what'], string> = {
  service_added: message('add service {key}'),
  service_changed: message('change service {key}'),
  service_retired: message('retire service {key}'),
  role_added: message('add role {key}'),
  role_changed: message('change role {key}'),
  role_retired: message('retire role {key}'),
}

/** One change as a line: `change role eodata/eodata-low: limits`. */
export function lineOf({ what, service, role, fields }: CatalogueChange): string {
  return `${fill(words[what], { key: role ? `${service}/${role}` : service })}${fields.length > 0 ? `: ${fields.join(', ')}` : ''}`
}
