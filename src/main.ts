import { Command } from 'commander'
import { version } from '../package.json'
import { exportFile, importFile, lineOf } from './cli/catalogue'
import { checkInvariants } from './cli/check'
import { mustBeCommand } from './cli/commands'
import { exitCodeFor, sentenceFor } from './cli/faults'
import { operatorAddress } from './cli/operator-address'
import { makeOperator } from './cli/operators'
import { CommandError } from './cli/refusal'
import { reEncrypt, rotateSecret } from './cli/secrets'
import { runServer } from './cli/serve'
import { bringUpToDate } from './cli/up-to-date'
import { prepareSite } from './identity/site/setup'
import { findOperator, revokeOperator } from './identity/site/store'
import { dataDirOf, readConfig, settings } from './platform/config'
import type { Database } from './platform/db/database'
import { openDatabase } from './platform/db/open'
import { catchAtLast } from './platform/http/last-resort'
import { deriveKeys, type Keys } from './platform/keys'

async function withDatabase(work: (db: Database, keys: Keys) => Promise<void>): Promise<void> {
  const config = readConfig(process.env)
  const db = await openDatabase(config, 'wholeTables')
  try {
    await bringUpToDate(db)
    const keys = deriveKeys(...config.secrets)
    await prepareSite(db, keys, config.baseUrl)
    await work(db, keys)
  } finally {
    await db.pool.end()
  }
}

const settingWidth = Math.max(...Object.keys(settings).map((name) => name.length))

const program = new Command('guildhall')
  .description('A self-hosted organization portal.')
  .version(version)
  .addHelpText(
    'after',
    `
Settings, from the environment:
${Object.entries(settings)
  .map(([name, text]) => `  ${name.padEnd(settingWidth)} ${text}`)
  .join('\n')}

Examples:
  guildhall serve                                   on the embedded database, at http://localhost:3000
  DATABASE_URL=postgres://… guildhall serve         on PostgreSQL; start as many as you like
  guildhall operator grant ana@example.org          make a registered account an operator
  guildhall catalogue import FILE --dry-run         say what a file would change, and change nothing
  guildhall check                                   look up whether everything in the database is in order

guildhall COMMAND --help says more about a command. Without a command, the server runs.

The embedded database belongs to one process: stop the server before you run another command on it.`,
  )

program
  .command('serve', { isDefault: true })
  .description('run the server; creates or updates the database first')
  .option('--check-answers', 'check every answer against its declaration (slower; for tests)')
  .action(({ checkAnswers }: { checkAnswers?: boolean }) => runServer(readConfig(process.env), Boolean(checkAnswers)))

program
  .command('migrate')
  .description('create or update the database, and stop; safe to run from several machines at once')
  .action(async () => {
    const config = readConfig(process.env)
    const db = await openDatabase(config)
    try {
      const applied = await bringUpToDate(db)
      console.log(applied.length > 0 ? `Applied ${applied.join(', ')}.` : 'The database is up to date.')
    } finally {
      await db.pool.end()
    }
  })

const operator = program.command('operator').description('say who the site’s operators are')

operator
  .command('grant')
  .argument('<email>', 'the address of a registered account')
  .description('make an account an operator')
  .action((email: string) =>
    withDatabase(async (db) => {
      for (const line of await makeOperator(db, email)) console.log(line)
    }),
  )

operator
  .command('revoke')
  .argument('<email>', 'the address of an operator')
  .description('make an operator an ordinary account again')
  .action((email: string) =>
    withDatabase(async (db) => {
      const address = operatorAddress(email)
      if (await revokeOperator(db, address)) return console.log(`${address} is no longer an operator.`)
      const found = await findOperator(db, address)
      if (!found) throw new CommandError(`There is no account with the address ${address}.`)
      if (found.operator)
        throw new CommandError(
          `${address} is the last operator. Grant somebody else first: guildhall operator grant EMAIL`,
        )
      console.log(`${address} is not an operator.`)
    }),
  )

const catalogue = program.command('catalogue').description('the services and roles, as a file')

catalogue
  .command('import')
  .argument('<file>', 'a JSON file, as “catalogue export” writes it')
  .option('--dry-run', 'only say what would change')
  .description('make the catalogue what the file says, all or nothing; what it leaves out is retired')
  .action((file: string, { dryRun }: { dryRun?: boolean }) =>
    withDatabase(async (db) => {
      const changes = await importFile(db, file, Boolean(dryRun))
      for (const change of changes) console.log(lineOf(change))
      if (changes.length === 0) console.log('The catalogue already matches this file.')
      else {
        const changed = `${changes.length} ${changes.length === 1 ? 'change' : 'changes'}`
        console.log(dryRun ? `\n${changed} would be made.` : `\n${changed} made.`)
      }
    }),
  )

catalogue
  .command('export')
  .description('print the catalogue; importing it again changes nothing')
  .action(() =>
    withDatabase(async (db) => {
      process.stdout.write(await exportFile(db))
    }),
  )

const secrets = program.command('secrets').description('the secrets that sign sessions and seal codes')

secrets
  .command('rotate')
  .description('put a new secret before the present one, which goes on being accepted')
  .action(() => console.log(rotateSecret(process.env.GUILDHALL_SECRET, dataDirOf(process.env))))

secrets
  .command('re-encrypt')
  .description('seal all codes with the newest secret, so that the older ones can be removed')
  .action(() => withDatabase(async (db, keys) => console.log(await reEncrypt(db, keys))))

program
  .command('check')
  .description('look up every invariant in the database, and print what does not hold; exit code 1 if anything')
  .action(() =>
    withDatabase(async (db) => {
      const findings = await checkInvariants(db)
      for (const { claim, ids } of findings)
        console.log(
          `${ids.length === 0 ? 'holds  ' : 'BROKEN '} ${claim}${ids.length > 0 ? `: ${ids.join(', ')}` : ''}`,
        )
      const broken = findings.filter(({ ids }) => ids.length > 0).length
      console.log(
        broken === 0
          ? `\nAll ${findings.length} invariants hold.`
          : `\n${broken} of ${findings.length} invariants are broken.`,
      )
      if (broken > 0) process.exitCode = 1
    }),
  )

async function run(): Promise<void> {
  try {
    mustBeCommand(program, process.argv.slice(2))
    await program.parseAsync()
  } catch (error) {
    console.error(sentenceFor(error, process.env) ?? error)
    process.exitCode = exitCodeFor(error, process.env)
  }
}

catchAtLast()
void run()
