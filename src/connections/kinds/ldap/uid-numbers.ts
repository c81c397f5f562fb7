import { Refused } from '../connector'
import { type Directory, results } from './directory'
import type { LdapSettings, Posix } from './settings'

/** Never more than there are people who begin at once. */
const mostAttempts = 1000

/**
 * The next number, from a counter in the directory, which is counted up in the same step: only one of those who read the
 * same number gets it. A number that is given is never given again, even if what it was for was not made. Zero would
 * be root, so nothing outside of the range is ever used, whatever the counter says.
 */
export async function takeNumber(directory: Directory, settings: LdapSettings, posix: Posix): Promise<number> {
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const number = await nextNumber(directory, posix)
    const counted = await directory.modify(
      posix.counterDn,
      [
        ['delete', 'uidNumber', [String(number)]],
        ['add', 'uidNumber', [String(number + 1)]],
      ],
      rightToCount(posix),
      [results.noSuchAttribute],
    )
    // Somebody else was faster, or an account that was made by hand has the number.
    if (
      counted === results.noSuchAttribute ||
      (await directory.isTaken(settings.peopleDn, 'uidNumber', String(number)))
    )
      continue
    return number
  }
  throw new Refused({ code: 'counter_invalid' })
}

/** What the counter says, if it can be used. */
export async function nextNumber(directory: Directory, { counterDn, from, to }: Posix): Promise<number> {
  const counter = await directory.read(counterDn, ['uidNumber'])
  if (!counter) throw new Refused({ code: 'counter_unknown', answer: counterDn })
  const [value = '', ...more] = counter.uidNumber!
  const number = Number(value)
  if (!/^[1-9]\d*$/.test(value) || more.length > 0 || number < Math.max(from, 1))
    throw new Refused({ code: 'counter_invalid', answer: counterDn })
  if (number > to) throw new Refused({ code: 'uid_numbers_used_up' })
  return number
}

export const rightToCount = ({ counterDn }: Posix): string => `write uidNumber of ${counterDn}`
