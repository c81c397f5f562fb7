import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { fill, message, t } from './messages/t'
import { WrongSetting } from './wrong-setting'

/** System errors in plain language. */
const reasons: Record<string, string> = {
  EACCES: message('permission is denied'),
  EPERM: message('permission is denied'),
  EROFS: message('the file system is read-only'),
  ENOSPC: message('the disk is full'),
  EDQUOT: message('the disk quota is exceeded'),
  ENAMETOOLONG: message('the name is too long'),
  ENOTDIR: message('a part of the path is a file'),
  ENOENT: message('the file system doesn’t support it'),
}

export const reasonOf = (error: unknown): string => {
  const { code = '', message: text } = error as NodeJS.ErrnoException
  return reasons[code] ? fill(reasons[code]) : text
}

/** Creates DATA_DIR if it is missing. Throws a sentence if it cannot be created or used. */
export function makeDataFolder(path: string): void {
  try {
    make(path)
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    throw new WrongSetting(
      t('DATA_DIR is “{path}”, which cannot be created or written to: {reason}.', { path, reason: reasonOf(error) }),
    )
  }
}

/** Folder by folder: Node's recursive mkdir retries forever where the system disagrees, as in /proc. */
function make(path: string): void {
  if (existsSync(path)) {
    if (!statSync(path).isDirectory()) throw Object.assign(new Error(), { code: 'ENOTDIR' })
    return
  }
  make(dirname(path))
  try {
    mkdirSync(path, { mode: 0o700 })
  } catch (error) {
    // Another process was faster.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}
