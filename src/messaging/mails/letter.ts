import { type Html, html } from '../../platform/html'
import { isolated } from '../../platform/input/isolated'
import { inOneLine } from '../../platform/input/texts'
import { locale } from '../../platform/messages/locale'
import { t } from '../../platform/messages/t'

/** The content of a mail, without markup. The frame below makes text and HTML from it, so both say the same. */
export interface Letter {
  subject: string
  paragraphs: string[]
  /** Words that a person wrote. */
  quote?: string | null
  link?: { label: string; url: string }
  after?: string[]
}

export interface Written {
  subject: string
  text: string
  html: string
}

/** One line without characters that reorder, hide or break text. No name can inject a header or fake another line. */
const line = inOneLine
/** The same for a sentence of ours, in which user text is isolated. */
const sentence = (text: string): string =>
  text
    .split(/([\u2060\u2068\u2069])/)
    .map((part) => (/[\u2060\u2068\u2069]/.test(part) ? part : spaced(part)))
    .join('')
    .trim()
/** A part of a line keeps the spaces at its ends. */
const spaced = (part: string): string => `${/^\s/.test(part) ? ' ' : ''}${line(part)}${/\S\s+$/.test(part) ? ' ' : ''}`
/** The characters that make up addresses, including East Asian keyboard variants, which browsers treat as the same. */
const inAddress = /(?<=[\p{L}\p{M}\p{N}\p{S}_-])[.:/。．｡․：／](?=[\p{L}\p{N}\p{S}/／_-])/gu
/**
 * A person's name in a sentence of ours. Mail programs make links of anything that looks like an address. A word joiner
 * (U+2060) after each dot keeps “evil.example” a name.
 */
export const nameInMail = (name: string): string => isolated(line(name).replace(inAddress, '$&\u2060'))
/** A subject has no isolates: no text of ours follows a name that could disturb it, and a long subject is cut. */
const inSubject = (text: string): string => sentence(text).replace(/[\u2068\u2069]/g, '')

/** The first characters, counted in graphemes: no emoji is cut in two. */
function first(count: number, text: string): string {
  return [...new Intl.Segmenter().segment(text)]
    .slice(0, count)
    .map(({ segment }) => segment)
    .join('')
}
const lines = (text: string): string[] => text.split('\n').map(line)

/** Puts a letter into the common frame. All user text passes through here. */
export function renderLetter(
  letter: Letter,
  { firstName, baseUrl }: { firstName: string | null; baseUrl: string },
): Written {
  const subject = first(200, inSubject(letter.subject))
  const greeting = firstName ? t('Hello {name},', { name: nameInMail(firstName) }) : t('Hello,')
  const before = letter.paragraphs.map(sentence)
  const quote = letter.quote ? lines(letter.quote) : []
  const after = (letter.after ?? []).map(sentence)
  const sender = t('Sent by Guildhall at {address}. Replies to this message are not monitored.', { address: baseUrl })
  const blocks = [
    greeting,
    ...before,
    ...(quote.length > 0 ? [quote.map((text) => `> ${text}`).join('\n')] : []),
    ...(letter.link ? [`${letter.link.label}:\n${letter.link.url}`] : []),
    ...after,
    `-- \n${sender}`,
  ]
  const paragraph = (text: string): Html => html`<p style="margin:0 0 16px">${text}</p>`
  const body = html`<!doctype html>
<html lang="${locale()}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${subject}</title></head>
<body style="margin:0;padding:24px;background:#faf9f6;color:#25231f;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif">
<div style="max-width:560px;margin:0 auto;padding:24px;background:#ffffff;border:1px solid #d9d5ca;border-radius:12px">
${[greeting, ...before].map(paragraph)}
${quote.length > 0 ? html`<blockquote style="margin:0 0 16px;padding:0 16px;border-left:3px solid #d9d5ca">${quote.map((text) => html`${text}<br>`)}</blockquote>` : ''}
${letter.link ? button(letter.link) : ''}
${after.map(paragraph)}
<p style="margin:24px 0 0;font-size:13px;color:#6b665a">${sender}</p>
</div></body></html>
`
  return { subject, text: `${blocks.join('\n\n')}\n`, html: body.text }
}

/** The link as a button, and written out: some programs show no buttons, and people may want to see the target. */
const button = ({ label, url }: { label: string; url: string }): Html => html`
<p style="margin:0 0 16px"><a href="${url}" style="display:inline-block;padding:10px 18px;border-radius:8px;background:#1f6b54;color:#ffffff;text-decoration:none">${label}</a></p>
<p style="margin:0 0 16px;font-size:13px;color:#6b665a;overflow-wrap:anywhere">${url}</p>`
