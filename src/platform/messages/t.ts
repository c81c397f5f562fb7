import { locale } from './locale'
import { kept, pseudo } from './pseudo'

/** The names of a message's placeholders: `name` of 'Remove {name}?'. */
type Placeholder<Message extends string> = Message extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholder<Rest>
  : never

/** Messages with plurals and the like need `formatMessage`. */
type Plain<Message extends string> = Message extends `${string}, ${'plural' | 'select' | 'number'}${string}`
  ? never
  : Message

export type Values<Message extends string> = [Placeholder<Message>] extends [never]
  ? []
  : [values: Record<Placeholder<Message>, string>]

/**
 * A sentence in the reader's language. The message is its own key: the English text, so that one search finds the place
 * in the code. Placeholders are in braces. All messages are collected in `messages/en.json`, the source for
 * translators.
 */
export const t = <const Message extends string>(message: Plain<Message>, ...[values]: Values<Message>): string =>
  fill(message, values as Record<string, string> | undefined)

/** A message that is chosen from a table, and collected where the table is written. */
export const fill = (message: string, values: Record<string, string> = {}): string =>
  translated(message).replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? `{${name}}`)

/** A message in the reader's language, with its placeholders and tags. */
export const translated = (message: string): string => (locale() === 'en-XA' ? pseudo(marked(message)) : message)

/** Marks a message that `fill` shows later: in tables that are built before a reader's language is known. */
export const message = <const Message extends string>(text: Message): Message => text

/** Placeholders and tags are not translated. */
const marked = (text: string): string => text.replace(/\{\w+\}|<\/?\w+>/g, kept)
