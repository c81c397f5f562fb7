import { readFileSync } from 'node:fs'
import type { z } from 'zod'
import type { Database } from '../db/database'
import { Problem } from '../errors'
import { checkCatalogue, planCatalogue, toCatalogue } from '../services/rules'
import { type Catalogue, type CatalogueChange, catalogue } from '../services/schema'
import { findCatalogue, saveCatalogue } from '../services/store'
import { Refusal } from './refusal'

/** Reads a catalogue file; says what is wrong with it, and where. */
export function readCatalogue(path: string): Catalogue {
  const result = catalogue.safeParse(parseJson(path))
  if (!result.success) throw new Refusal(wrong(path, result.error.issues.map(placeAndMessage)))
  try {
    checkCatalogue(result.data)
  } catch (error) {
    if (error instanceof Problem)
      throw new Refusal(
        wrong(
          path,
          error.errors!.map(({ path, message }) => `${path}: ${message}`),
        ),
      )
    throw error
  }
  return result.data
}

function parseJson(path: string): unknown {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw new Refusal(`${path} cannot be read: ${(error as Error).message}`)
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Refusal(`${path} is not JSON: ${(error as Error).message}`)
  }
}

const wrong = (path: string, lines: string[]) =>
  `${path} was not imported; nothing was changed.\n${lines.map((line) => `  ${line}`).join('\n')}`

function placeAndMessage(issue: z.core.$ZodIssue): string {
  const message = issue.code === 'unrecognized_keys' ? `Not known: ${issue.keys.join(', ')}.` : issue.message
  return `${issue.path.join('.') || 'the file'}: ${message}`
}

/** Makes the catalogue what the file says, all or nothing. Gives what changed, or with `dryRun` what would. */
export async function importFile(db: Database, path: string, dryRun: boolean): Promise<CatalogueChange[]> {
  const wanted = readCatalogue(path)
  for (;;) {
    const { services, version } = await findCatalogue(db)
    const plan = planned(() => planCatalogue(services, wanted))
    if (dryRun || plan.changes.length === 0) return plan.changes
    // Undefined where somebody changed the catalogue since: then once more, on what it is now.
    if (await saveCatalogue(db, { plan, version, actorId: null })) return plan.changes
  }
}

function planned<T>(plan: () => T): T {
  try {
    return plan()
  } catch (error) {
    if (error instanceof Problem) throw new Refusal(error.message)
    throw error
  }
}

export async function exportFile(db: Database): Promise<string> {
  return `${JSON.stringify(toCatalogue((await findCatalogue(db)).services), null, 2)}\n`
}

const words: Record<CatalogueChange['what'], string> = {
  service_added: 'add service',
  service_changed: 'change service',
  service_retired: 'retire service',
  role_added: 'add role',
  role_changed: 'change role',
  role_retired: 'retire role',
}

/** One change as a line: `change role eodata/eodata-low: limits`. */
export function lineOf({ what, service, role, fields }: CatalogueChange): string {
  return `${words[what]} ${role ? `${service}/${role}` : service}${fields.length > 0 ? `: ${fields.join(', ')}` : ''}`
}
