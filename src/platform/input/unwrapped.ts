/** What addresses, domains and websites have around them where people copy them: they mean what is inside. */

const quotes = '"“”„‟«»‹›‘’‚「」『』'
/** What Word has for bullets is in the private area. */
const bullets = '•◦‣▪\\uf000-\\uf0ff'
/** What can begin a name or an address is a bullet only before a space. */
const spacedBullet = '(?:[-–—\\u2010\\u2011*·⁃●○■□▶►➢➤✓✔→]|\\d{1,2}[.)])(?=\\s)'
/** Openers, signs of a quoted mail, bullets, dashes and numbers of a list. */
const before = new RegExp(`^(?:[\\s\\p{Cf}<>(\\[【《〈〔${quotes}${bullets}]|&[lg]t;|${spacedBullet})+`, 'iu')
/** Bullets and numbers that have something behind them in their line. */
export const listMarks = new RegExp(`(?<!\\S)(?:[${bullets}]|${spacedBullet})(?=[^\\S\\n]*\\S)`, 'gu')
const after = new RegExp(`(?:[\\s\\p{Cf}${quotes},;.:!?\\u3001\\u3002]|&gt;)+$`, 'iu')
/** “E-mail: ”, “Website: ”; but not “https:” and “mailto:”, which are part of a link, and not a domain before its port. */
const label =
  /^(?!(?:mailto|https?):)(?:[\p{L}\p{M}\p{Pd} ]|\.(?=\s)){1,30}:(?:\s+|(?=https?:\/\/|www\.|<|mailto:|[^\s:/?@]+@))/iu
/** These can begin an address, so they come off in pairs. */
const pairs = /^(\*\*|__|['`*_])(.+)\1$/
const closers: Record<string, string> = { ')': '(', ']': '[', '>': '<', '】': '【', '》': '《', '〉': '〈', '〕': '〔' }

/** Without quotes, brackets, bullets, emphasis, labels and full stops around it. */
export function unwrapped(text: string): string {
  for (let current = text; ; ) {
    const inner = withoutCloser(current.replace(before, '').replace(after, '').replace(label, '').replace(pairs, '$2'))
    if (inner === current) return inner
    current = inner
  }
}

/** A bracket that closes what is not open. Others belong to it: https://example.org/wiki/Reef_(Palawan) */
function withoutCloser(text: string): string {
  const last = text.at(-1) ?? ''
  const opener = closers[last]
  return opener && text.split(last).length > text.split(opener).length ? text.slice(0, -1) : text
}
