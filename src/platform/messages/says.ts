import { fill, message, type Values } from './t'

/** The error message of a field in a declaration, in Zod's form: the sentence is translated when it is needed. */
export const says = <const Message extends string>(text: Message, ...[values]: Values<Message>) => ({
  error: () => fill(message(text), values as Record<string, string> | undefined),
})
