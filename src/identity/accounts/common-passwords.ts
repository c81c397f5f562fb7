import { Problem } from '../../platform/errors'
import { t } from '../../platform/messages/t'
import type { Account } from './schema'

/** What an attacker would try first for this person: their own data and the name of the product. */
export type Holder = Pick<Account, 'email' | 'firstName' | 'lastName'>

type Guesses = (text: string, about: string[]) => number

/**
 * A password that takes fewer guesses than this is refused. Fifteen characters do not help if they are “password” and
 * “1234567”; a few words in a row take a thousand times as many guesses as this.
 */
const enough = 1e10

/** How many characters are analyzed at a time: the run time grows faster than the length. */
const piece = 43

let loaded: Promise<Guesses> | undefined

/** The list of breached passwords is loaded on first use: it takes some 7 MB. */
async function load(): Promise<Guesses> {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ])
  // The package's types are not quite right: in Node, the keyboards are one level deeper.
  const graphs = (adjacencyGraphs as { default?: typeof adjacencyGraphs }).default ?? adjacencyGraphs
  const estimator = new ZxcvbnFactory({ dictionary, graphs, maxLength: piece, l33tMaxSubstitutions: 10 })
  return (text, about) => estimator.check(text, about).guesses
}

/**
 * Whether a password is common, was found in breaches, or is easy to guess for a person who knows a little about its
 * holder.
 */
export async function isTooCommon(password: string, { email, firstName, lastName }: Holder): Promise<boolean> {
  loaded ??= load()
  const guesses = await loaded
  const about = [email, ...email.split(/[@.+_-]/), firstName, lastName, 'guildhall'].filter(Boolean)
  // A password with one part that is hard to guess is hard to guess.
  for (let start = 0; start < password.length; start += piece)
    if (guesses(password.slice(start, start + piece), about) >= enough) return false
  return true
}

/** Every endpoint that sets a password calls this. */
export async function mustNotBeCommon(password: string, holder: Holder): Promise<void> {
  const message = t('This is easy to guess. Choose a longer passphrase, without your name in it.')
  if (await isTooCommon(password, holder)) throw new Problem('password_too_common', [{ path: 'password', message }])
}
