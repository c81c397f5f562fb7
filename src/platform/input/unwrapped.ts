/** Characters that surround addresses, domains and websites when people copy them. */

const quotes = '"“”„‟«»‹›‘’‚「」『』'
/** Word's bullets are in the private use area. */
const bullets = '•◦‣▪\\uf000-\\uf0ff'
/** A character that can begin a name or an address is a bullet only before a space. */
const spacedBullet = '(?:[-–—\\u2010\\u2011*·⁃●○■□▶►➢➤✓✔→]|\\d{1,2}[.)])(?=\\s)'
/** Opening brackets and quotes, quoted-mail signs, bullets, dashes and list numbers. */
const before = new RegExp(`^(?:[\\s\\p{Cf}<>(\\[【《〈〔${quotes}${bullets}]|&[lg]t;|${spacedBullet})+`, 'iu')
/** Bullets and numbers that are followed by text in their line. */
export const listMarks = new RegExp(`(?<!\\S)(?:[${bullets}]|${spacedBullet})(?=[^\\S\\n]*\\S)`, 'gu')
const after = new RegExp(`(?:[\\s\\p{Cf}${quotes},;.:!?\\u3001\\u3002]|&gt;)+$`, 'iu')
/**
 * “E-mail: ”, “Website: ”; but not “https:” and “mailto:”, which are part of a link, and not a domain before its port.
 */
const label =
  /^(?!(?:mailto|https?):)(?:[\p{L}\p{M}\p{Pd} ]|\.(?=\s)){1,30}:(?:\s+|(?=https?:\/\/|www\.|<|mailto:|[^\s:/?@]+@))/iu
/** These can begin an address, so they are removed only in pairs. */
const pairs = /^(\*\*|__|['`*_])(.+)\1$/
const closers: Record<string, string> = { ')': '(', ']': '[', '>': '<', '】': '【', '》': '《', '〉': '〈', '〕': '〔' }

/** Without surrounding quotes, brackets, bullets, emphasis, labels and full stops. */
export function unwrapped(text: string): string {
  for (let current = text; ; ) {
    const inner = withoutCloser(current.replace(before, '').replace(after, '').replace(label, '').replace(pairs, '$2'))
    if (inner === current) return inner
    current = inner
  }
}

/**
 * Removes a closing bracket that was not opened. Others are part of the text: https://example.org/wiki/Reef_(Palawan)
 */
function withoutCloser(text: string): string {
  const last = text.at(-1) ?? ''
  const opener = closers[last]
  return opener && text.split(last).length > text.split(opener).length ? text.slice(0, -1) : text
}
