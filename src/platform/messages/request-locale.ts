import { AsyncLocalStorage } from 'node:async_hooks'
import Negotiator from 'negotiator'
import { type Locale, locale, locales, setLocale } from './locale'

/** The language of the command line, of mails, and of all text outside a request. */
let ofTheProcess: Locale = 'en'

/** The language of the request in progress, if not English. */
const current = new AsyncLocalStorage<Locale>()
setLocale(() => current.getStore() ?? ofTheProcess)

/** From the environment, as POSIX defines it: `LC_ALL`, then `LC_MESSAGES`, then `LANG`. */
export function setProcessLocale({ LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv): void {
  ofTheProcess = /^en[-_]XA\b/i.test(LC_ALL || LC_MESSAGES || LANG || '') ? 'en-XA' : 'en'
}

/** Runs work whose sentences are in this language. */
export const inLocale = <Result>(target: Locale, work: () => Result): Result =>
  target === locale() ? work() : current.run(target, work)

/** Longer than any browser's `Accept-Language`. Negotiation takes time that grows with the square of the length. */
const longestHeader = 500

/** The language that a request prefers by its `Accept-Language`; English if none is supported. */
export function preferredLocale(acceptLanguage: string | undefined): Locale {
  // Most requests prefer English, and a check is cheaper than a negotiation.
  if (!acceptLanguage || acceptLanguage.length > longestHeader || !/-xa\b/i.test(acceptLanguage)) return 'en'
  const negotiator = new Negotiator({ headers: { 'accept-language': acceptLanguage } })
  return (negotiator.language([...locales]) as Locale | undefined) ?? 'en'
}
