import { AsyncLocalStorage } from 'node:async_hooks'
import type { FastifyReply } from 'fastify'
import type { Server } from './server'

/** The exit code of a process that ended through no fault of the person who started it: a restart may help. */
export const brokenDown = 70

/**
 * The response in progress, kept in an AsyncLocalStorage, so that timers and promises started by a request can find it.
 */
const answering = new AsyncLocalStorage<FastifyReply>()

let listening: Server | undefined

export function rememberWhoseAnswer(app: Server): void {
  app.addHook('preHandler', (_, reply, done) => answering.run(reply, done))
}

/**
 * Handles uncaught errors. Before a server is listening, an error ends the process. Afterwards it is logged, and the
 * request that caused it is answered if there is one. It ends nothing else: other requests and streams continue.
 */
export function catchAtLast(): void {
  process.on('uncaughtException', caught)
  process.on('unhandledRejection', caught)
}

export function goOnAtLast(app: Server): void {
  listening = app
}

function caught(error: unknown): void {
  if (!listening) {
    console.error(error)
    process.exit(brokenDown)
  }
  listening.log.error({ err: error }, 'an error that nothing caught')
  const reply = answering.getStore()
  try {
    if (!reply || reply.raw.writableEnded) return
    if (reply.raw.headersSent) reply.raw.destroy()
    else if (!reply.sent) reply.send(error instanceof Error ? error : new Error(String(error)))
  } catch (again) {
    listening.log.error({ err: again }, 'answering it failed')
  }
}
