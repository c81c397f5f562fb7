import { openSync, rmSync, statSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { t } from '../../messages/t'

/** Another process has the directory open. */
export class DirectoryInUse extends Error {
  constructor(directory: string) {
    super(
      t(
        'Another Guildhall process is using {directory}. Stop it first, or set DATA_DIR to another directory. To run several servers, use PostgreSQL: set DATABASE_URL.',
        { directory },
      ),
    )
  }
}

/**
 * Keeps a second process out of an embedded database, which would silently lose rows. The lock is a socket that this
 * process listens on. It disappears with the process, however the process ends. A socket left by a killed process does
 * not answer and is taken over.
 */
export async function lockDirectory(directory: string): Promise<() => Promise<void>> {
  const path = socketPath(directory)
  const server = (await listen(path)) ?? ((await answers(path)) ? undefined : await takeOver(path))
  if (!server) throw new DirectoryInUse(directory)
  const mine = statSync(path).ino
  // If two processes take over a stale lock at once, the later one's socket is the one that remains.
  await new Promise((resolve) => setTimeout(resolve, 20))
  if (inode(path) !== mine) {
    server.close()
    throw new DirectoryInUse(directory)
  }
  server.unref()
  return () => new Promise((resolve) => server.close(() => resolve()))
}

/** Socket addresses are short. On Linux, a handle of the directory makes a long one short. */
function socketPath(directory: string): string {
  const path = join(directory, 'lock')
  return Buffer.byteLength(path) < 100 ? path : `/proc/self/fd/${openSync(directory, 'r')}/lock`
}

function inode(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.ino
}

function takeOver(path: string): Promise<Server | undefined> {
  rmSync(path, { force: true })
  return listen(path)
}

function listen(path: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    )
    server.listen(path, () => resolve(server))
  })
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
