import { AsyncLocalStorage } from 'node:async_hooks'
import type { FastifyReply } from 'fastify'
import type { Server } from './server'

/** The exit code of a process that had to end through no fault of whoever started it: starting it again may help. */
export const brokenDown = 70

/** Whose answer is being worked on: what a request sets off, its timers and promises too, knows it by this. */
const answering = new AsyncLocalStorage<FastifyReply>()

let listening: Server | undefined

export function rememberWhoseAnswer(app: Server): void {
  app.addHook('preHandler', (_, reply, done) => answering.run(reply, done))
}

/**
 * What nothing caught. Before there is a server that listens it ends the process. From then on it is logged, and answered
 * where there is somebody to answer; it ends nothing else: the others’ requests and streams go on.
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
