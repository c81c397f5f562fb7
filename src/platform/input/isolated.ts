import { rightToLeftScripts } from './right-to-left'

const rightToLeft = new RegExp(`[${rightToLeftScripts.map((script) => `\\p{Script=${script}}`).join('')}]`, 'u')

/**
 * User text in a sentence of ours. Right-to-left text would pull the digits after it to its own side: “by 28 ,name Nov
 * 2026”. So it is placed between U+2068 and U+2069, which work in pages, window titles and plain mails alike.
 */
export function isolated(text: string): string {
  // An isolate in the text would open or close ours.
  const inner = text.replace(/[\u2066-\u2069]/g, '')
  return rightToLeft.test(inner) ? `\u2068${inner}\u2069` : inner
}
