import { type FieldError, Problem } from '../../platform/errors'
import { t } from '../../platform/messages/t'

/** What anybody would try first for this person: their own data, and the name of the product. */
export interface Holder {
  email: string
  firstName: string
  lastName: string
}

type Guesses = (text: string, about: string[]) => number

/**
 * Fewer guesses than this, and the password is refused. Fifteen characters are no help where they are “password” and
 * “1234567”; a few words in a row take a thousand times as many guesses as this.
 */
const enough = 1e10

/** How much is looked at in one go: the time grows faster than the length. */
const piece = 43

let loaded: Promise<Guesses> | undefined

/** The list of passwords that were found in breaches is read when it is needed first: it takes some 7 MB. */
async function load(): Promise<Guesses> {
  const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
  ])
  // The package is not quite what its types say: the keyboards are one level deeper where Node loads it.
  const graphs = (adjacencyGraphs as { default?: typeof adjacencyGraphs }).default ?? adjacencyGraphs
  const estimator = new ZxcvbnFactory({ dictionary, graphs, maxLength: piece, l33tMaxSubstitutions: 10 })
  return (text, about) => estimator.check(text, about).guesses
}

/** Whether a password is common, was found in breaches, or is easy to guess for whoever knows its holder a little. */
export async function isTooCommon(password: string, { email, firstName, lastName }: Holder): Promise<boolean> {
  loaded ??= load()
  const guesses = await loaded
  const about = [email, ...email.split(/[@.+_-]/), firstName, lastName, 'guildhall'].filter(Boolean)
  // What has one part that is hard to guess is hard to guess.
  for (let start = 0; start < password.length; start += piece)
    if (guesses(password.slice(start, start + piece), about) >= enough) return false
  return true
}

const errors = (): FieldError[] => [
  {
    path: 'password',
    message: t('This is easy to guess. Choose a longer sentence of your own, without your name in it.'),
  },
]

/** For every endpoint that sets a password. */
export async function mustNotBeCommon(password: string, holder: Holder): Promise<void> {
  if (await isTooCommon(password, holder)) throw new Problem('password_too_common', errors())
}
