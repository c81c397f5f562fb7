import write from 'fast-json-stringify'
import type { FastifySerializerCompiler } from 'fastify'
import type { z } from 'zod'
import { toSchema } from './describe'

/** By declaration, for all servers of this process: tests start many. */
const made = new WeakMap<z.ZodType, (answer: unknown) => string>()

/**
 * Answers are serialized by their declaration: properties that it does not name are not sent. Each serializer is built
 * at the first answer of its kind: building all of them would take a fifth of every start.
 */
export const serializers: FastifySerializerCompiler<z.ZodType> =
  ({ schema }) =>
  (answer) => {
    let serialize = made.get(schema)
    if (!serialize) {
      serialize = write(toSchema(schema, 'output'))
      made.set(schema, serialize)
    }
    return serialize(answer)
  }
