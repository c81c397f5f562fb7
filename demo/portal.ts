import { spawn } from 'node:child_process'
import { join } from 'node:path'

/** A person who is signed in, and calls the API as a browser does. */
export interface DemoPerson {
  email: string
  get(path: string): Promise<unknown>
  send(method: 'POST' | 'PUT', path: string, body?: object): Promise<unknown>
}

export interface DemoPortal {
  url: string
  setupToken: string
  stop(): Promise<void>
}

const startSeconds = 60

/** Starts `guildhall serve` with a database of its own in this folder. */
export async function startPortal(folder: string, port: number): Promise<DemoPortal> {
  const url = `http://127.0.0.1:${port}`
  const server = spawn(process.execPath, ['bin/guildhall.mjs', 'serve'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      ...{ PORT: String(port), HOST: '127.0.0.1', BASE_URL: url, DATA_DIR: join(folder, 'portal'), LOG_LEVEL: 'error' },
      // The gateway and the hub answer on this machine.
      OUTBOUND_ALLOW: '127.0.0.1',
    },
  })
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  const setupToken = await new Promise<string>((resolve, reject) => {
    let output = ''
    server.stdout.on('data', (chunk) => {
      output += chunk
      const link = /\/setup#(\S+)/.exec(output)
      if (link) resolve(link[1]!)
    })
    server.once('exit', () => reject(new Error(`Guildhall ended: ${output}`)))
    setTimeout(() => reject(new Error(`Guildhall did not start within ${startSeconds} s`)), startSeconds * 1000).unref()
  })
  return {
    url,
    setupToken,
    async stop() {
      server.kill('SIGTERM')
      await ended
    },
  }
}

/** Registers a person and signs them in. */
export async function newPerson(
  url: string,
  firstName: string,
  lastName: string,
  password: string,
): Promise<DemoPerson> {
  const email = `${firstName}.${lastName}@example.org`.toLowerCase()
  let cookie = ''
  const call = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await fetch(url + path, {
      method,
      headers: { origin: url, cookie, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status} ${await response.text()}`)
    const [session] = response.headers.getSetCookie()
    if (session) cookie = session.split(';')[0]!
    return response.json()
  }
  await call('POST', '/api/accounts', { email, password, firstName, lastName, country: 'PH' })
  await call('POST', '/api/sessions', { email, password })
  return { email, get: (path) => call('GET', path), send: (method, path, body = {}) => call(method, path, body) }
}
