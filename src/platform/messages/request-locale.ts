import { AsyncLocalStorage } from 'node:async_hooks'
import Negotiator from 'negotiator'
import { type Locale, locales, setLocale } from './locale'

/** The language of the command line, of mails, and of whatever no request asked for. */
let ofTheProcess: Locale = 'en'

/** The language of the request in progress, where that is not English. */
const current = new AsyncLocalStorage<Locale>()
setLocale(() => current.getStore() ?? ofTheProcess)

/** By the environment, as POSIX has it: `LC_ALL`, then `LC_MESSAGES`, then `LANG`. */
export function setProcessLocale({ LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv): void {
  ofTheProcess = /^en[-_]XA\b/i.test(LC_ALL || LC_MESSAGES || LANG || '') ? 'en-XA' : 'en'
}

/** Does work whose sentences are in this language. */
export const inLocale = <Result>(locale: Locale, work: () => Result): Result =>
  locale === ofTheProcess ? work() : current.run(locale, work)

/** The language that a request prefers, by its `Accept-Language`; English where there is none of those. */
export function preferredLocale(acceptLanguage: string | undefined): Locale {
  // Most requests want English, and a negotiation costs more than a look.
  if (!acceptLanguage?.includes('-XA')) return 'en'
  const negotiator = new Negotiator({ headers: { 'accept-language': acceptLanguage } })
  return (negotiator.language([...locales]) as Locale | undefined) ?? 'en'
}
