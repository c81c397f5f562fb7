import { setEnglish } from '../src/platform/messages/intl'
import { setLocale } from '../src/platform/messages/locale'

/**
 * Sets the portal’s language from the browser’s preferences. It is imported first, so that messages at module level are in
 * that language.
 */
const english = navigator.languages.find((one) => /^en\b/i.test(one) && !/-XA$/i.test(one)) ?? 'en-GB'
const locale = /^en-XA$/i.test(navigator.language) ? 'en-XA' : 'en'

setEnglish(english)
setLocale(() => locale)
document.documentElement.lang = locale
