import { everyKey, type Keys } from '../../platform/keys'

/** The secrets, as Better Auth takes them to open and seal what it keeps. */
export const keyOf = (keys: Keys) => ({
  keys: new Map(everyKey(keys).map(({ version, sessions }) => [version, sessions])),
  currentVersion: keys.version,
})
