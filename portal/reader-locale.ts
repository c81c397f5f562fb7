import { setEnglish } from '../src/platform/messages/intl'
import { setLocale } from '../src/platform/messages/locale'

/**
 * Which language the portal is in, by the browser's wishes. It is imported before anything else, so that every message that
 * a module makes when it is loaded is in that language.
 */
const english = navigator.languages.find((one) => /^en\b/i.test(one) && !/-XA$/i.test(one)) ?? 'en-GB'
const locale = /^en-XA$/i.test(navigator.language) ? 'en-XA' : 'en'

setEnglish(english)
setLocale(() => locale)
document.documentElement.lang = locale
