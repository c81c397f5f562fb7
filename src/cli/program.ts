import { Command } from 'commander'
import { version } from '../../package.json'
import { prepareSite } from '../identity/site/setup'
import { dataDirOf, readConfig, settings } from '../platform/config'
import type { Database } from '../platform/db/database'
import { openDatabase } from '../platform/db/open'
import { deriveKeys, type Keys } from '../platform/keys'
import { formatMessage } from '../platform/messages/format-message'
import { fill, t } from '../platform/messages/t'
import { exportFile, importFile, lineOf } from './catalogue'
import { checkInvariants } from './check'
import { CommandError } from './command-error'
import { connectionLines, restoredConnections, resyncConnections, tryConnection } from './connections'
import { rotateSigningKey } from './openid'
import { makeOperator, removeOperator } from './operators'
import { reEncrypt, rotateSecret } from './secrets'
import { runServer } from './serve'
import { bringUpToDate } from './up-to-date'

/** The command line: its commands, and what each of them does. */
export function createProgram(): Command {
  const program = new Command('guildhall')
    .description(t('A self-hosted organization portal.'))
    .version(version)
    .addHelpText('after', helpText)

  program
    .command('serve', { isDefault: true })
    .description(t('run the server; creates or updates the database first'))
    .option('--check-answers', t('check every response against its declaration (slower; for tests)'))
    .action(({ checkAnswers }: { checkAnswers?: boolean }) => runServer(readConfig(process.env), Boolean(checkAnswers)))

  program
    .command('migrate')
    .description(t('create or update the database, then exit; safe to run on several machines at once'))
    .action(migrateOnce)

  program
    .command('check')
    .description(t('verify every invariant in the database; exit code 1 if one is broken'))
    .action(() => withDatabase(check))

  const operator = program.command('operator').description(t('add and remove operators'))
  operator
    .command('grant')
    .argument('<email>', t('the e-mail address of a registered account'))
    .description(t('make an account an operator'))
    .action((email: string) => withDatabase((db) => print(makeOperator(db, email))))
  operator
    .command('revoke')
    .argument('<email>', t('the e-mail address of an operator'))
    .description(t('make an operator an ordinary account'))
    .action((email: string) => withDatabase((db) => print(removeOperator(db, email))))

  const catalogue = program.command('catalogue').description(t('import and export services and roles'))
  catalogue
    .command('import')
    .argument('<file>', t('a JSON file, as written by “catalogue export”'))
    .option('--dry-run', t('only show what would change'))
    .description(t('make the catalogue match a file; anything missing from the file is retired'))
    .action((file: string, options: { dryRun?: boolean }) =>
      withDatabase((db) => importCatalogue(db, file, Boolean(options.dryRun))),
    )
  catalogue
    .command('export')
    .description(t('print the catalogue as JSON'))
    .action(() =>
      withDatabase(async (db) => {
        process.stdout.write(await exportFile(db))
      }),
    )

  const connections = program
    .command('connections')
    .description(t('list, test and compare the connections to services'))
  connections
    .command('list')
    .description(t('print each connection with its state'))
    .action(() => withDatabase(async (db) => print(connectionLines(db, readConfig(process.env)))))
  connections
    .command('check')
    .argument('<connection>', t('the id of a connection, as printed by “connections list”'), asPasted)
    .description(t('find out whether the service can be reached and accepts requests, and which right is missing'))
    .action((id: string) =>
      withDatabase(async (db, keys) => console.log(await tryConnection(db, keys, readConfig(process.env), id))),
    )
  connections
    .command('resync')
    .argument('[connection]', t('the id of a connection; without it, all that are on'), asPasted)
    .option(
      '--confirm-losses <number>',
      t('also apply losses that no event and no end date explains, if a connection has no more than this number'),
      wholeNumber,
    )
    .description(t('compare what services were told with what people hold, and update what differs'))
    .action((id: string | undefined, { confirmLosses }: { confirmLosses?: number }) =>
      withDatabase((db) =>
        resyncConnections(db, readConfig(process.env), id, confirmLosses, (line) => console.log(line)),
      ),
    )

  connections
    .command('restored')
    .description(t('after restoring a backup: switch all connections off, and have everything applied again'))
    .action(() => withDatabase((db) => print(restoredConnections(db))))

  const secrets = program.command('secrets').description(t('rotate the secrets that sign sessions and encrypt codes'))
  secrets
    .command('rotate')
    .description(t('add a new secret; the current ones remain valid'))
    .action(() => console.log(rotateSecret(process.env.GUILDHALL_SECRET, dataDirOf(process.env))))
  secrets
    .command('re-encrypt')
    .description(t('encrypt everything with the newest secret, so that the older ones can be removed'))
    .action(() => withDatabase(async (db, keys) => console.log(await reEncrypt(db, keys))))

  program
    .command('openid')
    .description(t('manage signing in to applications'))
    .command('rotate-key')
    .description(t('make a new key to sign ID tokens with; it is used ten minutes later'))
    .action(() => withDatabase(async (db, keys) => console.log(await rotateSigningKey(db, keys))))

  return program
}

function helpText(): string {
  const width = Math.max(...Object.keys(settings).map((name) => name.length))
  const lines = Object.entries(settings).map(([name, text]) => `  ${name.padEnd(width)} ${fill(text)}`)
  const example = (command: string, text: string) => `  ${command.padEnd(49)} ${text}`
  return [
    '',
    t('Settings (environment variables):'),
    ...lines,
    '',
    t('Examples:'),
    example('guildhall serve', t('on the embedded database, at http://localhost:3000')),
    example('DATABASE_URL=postgres://… guildhall serve', t('on PostgreSQL; start as many servers as you like')),
    example('guildhall operator grant ana@example.org', t('make a registered account an operator')),
    example('guildhall catalogue import FILE --dry-run', t('show what a file would change, without changing anything')),
    example('guildhall check', t('verify that everything in the database is consistent')),
    '',
    t('Run “guildhall COMMAND --help” for details about a command. Without a command, the server runs.'),
    '',
    t('Only one process can use the embedded database. Stop the server before you run another command.'),
  ].join('\n')
}

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

async function print(lines: Promise<string[]>): Promise<void> {
  for (const line of await lines) console.log(line)
}

async function migrateOnce(): Promise<void> {
  const db = await openDatabase(readConfig(process.env))
  try {
    const applied = await bringUpToDate(db)
    console.log(
      applied.length > 0
        ? t('Applied {migrations}.', { migrations: applied.join(', ') })
        : t('The database is up to date.'),
    )
  } finally {
    await db.pool.end()
  }
}

async function importCatalogue(db: Database, file: string, dryRun: boolean): Promise<void> {
  const changes = await importFile(db, file, dryRun)
  for (const change of changes) console.log(lineOf(change))
  const count = changes.length
  if (count === 0) console.log(t('The catalogue already matches this file.'))
  else if (dryRun)
    console.log(
      `\n${formatMessage('{count, plural, one {# change would be made.} other {# changes would be made.}}', { count })}`,
    )
  else console.log(`\n${formatMessage('{count, plural, one {# change made.} other {# changes made.}}', { count })}`)
}

async function check(db: Database): Promise<void> {
  const findings = await checkInvariants(db)
  const labels = [t('holds'), t('BROKEN')] as const
  const width = Math.max(...labels.map((label) => label.length))
  for (const { claim, ids } of findings) {
    const label = labels[ids.length === 0 ? 0 : 1].padEnd(width)
    console.log(`${label}  ${fill(claim)}${ids.length > 0 ? `: ${ids.join(', ')}` : ''}`)
  }
  const all = findings.length
  const broken = findings.filter(({ ids }) => ids.length > 0).length
  console.log(
    broken === 0
      ? `\n${formatMessage('All {all} invariants hold.', { all })}`
      : `\n${formatMessage('{broken} of {all} invariants are broken.', { broken, all })}`,
  )
  if (broken > 0) process.exitCode = 1
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new CommandError(t('This is no whole number: {text}', { text }))
  return Number(text)
}

/** An id with the spaces and capital letters of where it was copied from. */
function asPasted(id: string): string {
  return id.trim().toLowerCase()
}
