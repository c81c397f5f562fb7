import write from 'fast-json-stringify'
import type { FastifySerializerCompiler } from 'fastify'
import type { z } from 'zod'
import { toSchema } from './describe'

/**
 * Answers are written by their declaration: what it does not name is not sent. What writes them is made at the first
 * answer of each kind: making all of it would be a fifth of every start.
 */
export const serializers: FastifySerializerCompiler<z.ZodType> = ({ schema }) => {
  let serialize: ((answer: unknown) => string) | undefined
  return (answer) => {
    serialize ??= write(toSchema(schema, 'output'))
    return serialize(answer)
  }
}
