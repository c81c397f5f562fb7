import { OtherSecret } from '../identity/site/setup'
import { reasonOf } from '../platform/data-folder'
import { problemOfError } from '../platform/db/database-problems'
import { DirectoryInUse } from '../platform/db/embedded/lock'
import { DatabaseTooOld } from '../platform/db/migrate'
import { brokenDown } from '../platform/http/last-resort'
import { t } from '../platform/messages/t'
import { WrongSetting } from '../platform/wrong-setting'
import { CommandError } from './command-error'

/** An error that is not the program's fault: says what to change, without a stack trace. */
export function sentenceFor(error: unknown, settings: NodeJS.ProcessEnv): string | undefined {
  const ours = [CommandError, WrongSetting, DirectoryInUse, OtherSecret, DatabaseTooOld]
  if (ours.some((kind) => error instanceof kind)) return (error as Error).message
  const { code = '', syscall = '', path } = error as NodeJS.ErrnoException
  if (syscall === 'listen') return whileListening(code, settings)
  const ofDatabase = settings.DATABASE_URL ? whileConnecting(error as NodeJS.ErrnoException) : undefined
  if (ofDatabase) return ofDatabase
  if (syscall && path) return t('“{path}” cannot be used: {reason}. Check DATA_DIR.', { path, reason: reasonOf(error) })
  return undefined
}

/** 1 if a setting or the command must change; 70 if the error may be temporary and a retry may succeed. */
export function exitCodeFor(error: unknown, settings: NodeJS.ProcessEnv): number {
  const { code, syscall } = error as NodeJS.ErrnoException
  const away = syscall !== 'getaddrinfo' && problemOfError(error)?.code === 'database_unavailable'
  if (error instanceof DirectoryInUse || code === 'EADDRINUSE' || away) return brokenDown
  return sentenceFor(error, settings) === undefined ? brokenDown : 1
}

function whileListening(code: string, { PORT = '3000', HOST = '127.0.0.1' }: NodeJS.ProcessEnv): string {
  if (code === 'EADDRINUSE') return t('The port is in use. Stop the program that uses it, or set PORT.')
  if (code === 'EACCES')
    return t('Permission denied to listen on port {port}. Set PORT to a number above 1023.', { port: PORT })
  return t('HOST is “{host}”, which is not an address of this machine ({code}).', { host: HOST, code })
}

/** Repeats nothing of DATABASE_URL: it contains a password. */
function whileConnecting(error: NodeJS.ErrnoException): string | undefined {
  const { code = '', syscall = '' } = error
  if (/^28/.test(code)) return t('PostgreSQL rejected the user name or password in DATABASE_URL.')
  if (code === '3D000') return t('The database named in DATABASE_URL doesn’t exist. Create it first.')
  if (syscall === 'getaddrinfo') return t('The host in DATABASE_URL cannot be found. Check its name.')
  if (problemOfError(error)?.code === 'database_unavailable' || syscall === 'connect')
    return t('The database is not responding. Check DATABASE_URL, and that PostgreSQL is running.')
  return undefined
}
