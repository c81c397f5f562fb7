import { everyKey, type Keys } from '../../platform/keys'

/** The secrets in the form in which Better Auth encrypts and decrypts with them. */
export const keyOf = (keys: Keys) => ({
  keys: new Map(everyKey(keys).map(({ version, sessions }) => [version, sessions])),
  currentVersion: keys.version,
})
