import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { program } from '../../tests/support/program'
import { launchServer, type ServerProcess, startServer } from '../../tests/support/server'

const startTimeoutMs = 120_000
const secret = 'kR7#mQ2vX9pL4wZ8tB1nC6yH3jF5dG0s'
const folder = mkdtempSync(join(tmpdir(), 'guildhall-start-'))
const file = join(folder, 'file')
let command: string[]
let other: Server
let takenPort: string
let server: ServerProcess | undefined

beforeAll(async () => {
  writeFileSync(file, '')
  command = await program()
  other = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => other.once('listening', resolve))
  takenPort = String((other.address() as { port: number }).port)
}, startTimeoutMs)
afterEach(async () => {
  if (server && !server.hasEnded()) await server.kill()
})
afterAll(() => {
  other.close()
  rmSync(folder, { recursive: true })
})

describe('a setting that prevents the start is reported in one sentence', () => {
  const database = (address: string) => ({ DATABASE_URL: `postgres://ana:hunter2@${address}/guildhall` })
  const cases: [Record<string, string>, RegExp][] = [
    [{ DATA_DIR: '/proc/foo' }, /^DATA_DIR is “\/proc\/foo”, which cannot be created or written to: .+\.$/],
    [{ DATA_DIR: '/proc/foo', GUILDHALL_SECRET: secret }, /^DATA_DIR is “\/proc\/foo”, which cannot be created/],
    [{ DATA_DIR: join(file, 'x') }, /^DATA_DIR is “.*\/x”, which cannot be .*: a part of the path is a file\.$/],
    [
      { DATA_DIR: file, GUILDHALL_SECRET: secret },
      /^DATA_DIR is “.*”, which cannot be .*: a part of the path is a file/,
    ],
    [{ DATA_DIR: join(folder, 'a'.repeat(300)) }, /^DATA_DIR is “a?.*”, which cannot be .*: the name is too long\.$/],
    [
      database('127.0.0.1:1'),
      /^The database is not responding\. Check DATABASE_URL, and that PostgreSQL is running\.$/,
    ],
    [database('database.invalid'), /^The host in DATABASE_URL cannot be found\. Check its name\.$/],
    [database('db:port'), /^DATABASE_URL must be like postgres:\/\/user:password@host:5432\/guildhall\.$/],
    [{ HOST: '192.0.2.7' }, /^HOST is “192\.0\.2\.7”, which is not an address of this machine \(EADDRNOTAVAIL\)\.$/],
    [{ PORT: 'http' }, /^PORT is “http”; it must be a number from 0 to 65535\.$/],
    [{ SMTP_URL: 'smtp://mail.example.org', MAIL_FROM: 'nobody' }, /^MAIL_FROM is “nobody”; it must be like .+\.$/],
  ]
  test.each(cases)(
    '%j',
    async (settings, sentence) => {
      server = await launchServer(command, { DATA_DIR: join(folder, 'data'), BASE_URL: '', ...settings })
      expect(await server.ended).toBe(sentence.source.includes('not responding') ? 70 : 1)
      expect(server.output().trim()).toMatch(sentence)
      expect(server.output()).not.toMatch(/^ {4}at |hunter2/m)
    },
    startTimeoutMs,
  )

  test(
    'the port is taken',
    async () => {
      server = await launchServer(command, { DATA_DIR: join(folder, 'data'), BASE_URL: '', PORT: takenPort })
      expect(await server.ended).toBe(70)
      expect(server.output().trim()).toBe('The port is in use. Stop the program that uses it, or set PORT.')
    },
    startTimeoutMs,
  )
})

test(
  'a start says where it is, by a name for which browsers keep passkeys, and nothing that is for programs',
  async () => {
    server = await startServer(command, { DATA_DIR: join(folder, 'data'), BASE_URL: '', LOG_LEVEL: 'info' })
    const { port } = new URL(server.url)
    expect(server.output()).toContain(`Guildhall is running at http://localhost:${port}, with its data in`)
    expect(server.output()).toContain(`http://localhost:${port}/setup#`)
    expect(server.output()).not.toContain('{')
    await server.stop()
  },
  startTimeoutMs,
)
