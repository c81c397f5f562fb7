import { t } from '../../../src/platform/messages/t'

/** The first match counts: most browsers also claim to be others. */
const browsers: [RegExp, string][] = [
  [/\bEdgi?A?(?:iOS)?\//, 'Edge'],
  [/\bOPR\/|\bOPX?iOS\/|\bOpera\b/, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/Chrome\/|\bCriOS\/|\bChromium\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]

const systems: [RegExp, string][] = [
  [/\bAndroid\b/, 'Android'],
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMacintosh\b|\bMac OS X\b/, 'macOS'],
  [/\bLinux\b|\bX11\b/, 'Linux'],
]

/**
 * A readable name for a user agent: “Firefox on Linux”. Programs keep the name they send. It is only a hint: a client can
 * send any user agent.
 */
export function browserName(userAgent: string): string {
  const browser = firstOf(browsers, userAgent)
  const system = firstOf(systems, userAgent)
  if (browser) return system ? t('{browser} on {system}', { browser, system }) : browser
  const program = /^([\w.+-]{2,30})(?:[/ ]|$)/.exec(userAgent)?.[1]
  if (program && program !== 'Mozilla') return program
  return system ? t('Unknown browser on {system}', { system }) : t('Unknown browser')
}

const firstOf = (names: [RegExp, string][], text: string) => names.find(([pattern]) => pattern.test(text))?.[1]
