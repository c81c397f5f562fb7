import { z } from 'zod'
import type { Access, Declaration, DocumentationTag, Endpoint, Media } from './endpoint'

// Apart from `endpoint.ts`, which the portal loads: it has no use for Zod.

const noInput = z.strictObject({})
export const doneAnswer = z.object({ done: z.literal(true) })

/**
 * Declares the endpoints of a noun: takes no input, answers `done` and has no problems of its own unless it says so. A
 * few endpoints belong to another part of the documentation, and name it.
 */
export const endpointsOf =
  (tag: DocumentationTag) =>
  <
    Who extends Access,
    Input extends z.ZodObject = typeof noInput,
    Answer extends z.ZodType | Media = typeof doneAnswer,
  >(
    declaration: Declaration<Input, Answer, Who> & { tag?: DocumentationTag },
  ) =>
    ({ tag, input: noInput, answer: doneAnswer, problems: [], ...declaration }) as unknown as Endpoint<
      Input,
      Answer,
      Who
    >
