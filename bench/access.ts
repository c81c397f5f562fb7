import { measureJoining } from './access/joining'
import { measureLedgers } from './access/ledgers'
import { measureQuestions } from './access/questions'
import { openSite } from './access/sites'
import { openEnvironment } from './environment'
import { quick } from './measure'
import type { Size } from './operations/subject'

/** 60,000 people in 500 organizations, of which one has 10,000. */
const size: Size = {
  organizations: 500,
  members: quick ? 10 : 100,
  large: quick ? 2000 : 10_000,
  invitations: 0,
  services: 20,
  newcomers: 0,
}

/** What connected services cost: their questions, the ledgers of what they should know, and the work of people beside them. */
export async function run(): Promise<void> {
  const environment = await openEnvironment(['checkpoint_timeout=1h'])
  try {
    const site = await openSite(environment, 'guildhall', size)
    await measureQuestions(environment, site, size)
    await measureLedgers(environment, site)
    console.log(`guildhall check: ${await site.check()}`)
    await measureJoining(environment)
  } finally {
    await environment.close()
  }
}
