import { fill, message, type Values } from './t'

/** What a field of a declaration says when it is wrong, as Zod takes it: the sentence is written when it is needed. */
export const says = <const Message extends string>(text: Message, ...[values]: Values<Message>) => ({
  error: () => fill(message(text), values as Record<string, string> | undefined),
})
