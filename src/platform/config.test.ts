import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readConfig, settings } from './config'
import { WrongSetting } from './wrong-setting'

const secret = 'kR7#mQ2vX9pL4wZ8tB1nC6yH3jF5dG0s'
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guildhall-config-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const read = (environment: NodeJS.ProcessEnv = {}) =>
  readConfig({ DATA_DIR: folder, GUILDHALL_SECRET: secret, ...environment })

describe('the settings', () => {
  test('have defaults: this machine only, the embedded database', () => {
    expect(read()).toEqual({
      port: 3000,
      host: '127.0.0.1',
      baseUrl: 'http://localhost:3000',
      baseUrlGiven: false,
      dataDir: folder,
      databaseUrl: undefined,
      databaseConnections: 5,
      mail: undefined,
      provider: undefined,
      passwords: true,
      secrets: [secret],
      trustedProxies: [],
      outboundAllow: [],
      logLevel: 'info',
    })
  })

  test('are the defaults where they are empty', () => {
    const empty = Object.fromEntries(Object.keys(settings).map((name) => [name, '']))
    expect(read({ ...empty, DATA_DIR: folder, GUILDHALL_SECRET: secret })).toEqual(read())
  })

  test('are all in the table that --help prints', () => {
    const read = readFileSync('src/platform/config.ts', 'utf8').matchAll(/\benvironment\.([A-Z_]+)/g)
    expect([...new Set([...read].map(([, name]) => name))].sort()).toEqual(Object.keys(settings).sort())
  })

  test.each([
    [
      { HOST: '10.0.0.7', PORT: '8080' },
      { baseUrl: 'http://10.0.0.7:8080', baseUrlGiven: false },
    ],
    [
      { HOST: '0.0.0.0', BASE_URL: 'http://portal.example.org' },
      { host: '0.0.0.0', baseUrl: 'http://portal.example.org' },
    ],
    [{ HOST: '::1' }, { baseUrl: 'http://localhost:3000' }],
    [{ HOST: 'localhost', PORT: '8080' }, { baseUrl: 'http://localhost:8080' }],
    [{ HOST: '192.0.2.7' }, { baseUrl: 'http://192.0.2.7:3000' }],
    [{ HOST: '2001:db8::7' }, { baseUrl: 'http://[2001:db8::7]:3000' }],
    [{ BASE_URL: 'https://portal.example.org' }, { baseUrl: 'https://portal.example.org', baseUrlGiven: true }],
    [{ BASE_URL: 'https://Portal.Example.org:443/' }, { baseUrl: 'https://portal.example.org' }],
    [
      { DATABASE_URL: 'postgresql://db/guildhall' },
      { databaseUrl: 'postgresql://db/guildhall', databaseConnections: 5 },
    ],
    [{ DATABASE_CONNECTIONS: '20' }, { databaseConnections: 20 }],
    [
      { SMTP_URL: 'smtps://portal:p%40ss@mail.example.org', MAIL_FROM: 'Guildhall <portal@example.org>' },
      { mail: { url: 'smtps://portal:p%40ss@mail.example.org', from: 'Guildhall <portal@example.org>' } },
    ],
    [{ SMTP_URL: 'smtp://127.0.0.1:25', MAIL_FROM: 'portal@example.org' }, { mail: { from: 'portal@example.org' } }],
    [
      {
        OIDC_ISSUER: 'https://id.example.org/realms/site',
        OIDC_CLIENT_ID: 'portal',
        OIDC_CLIENT_SECRET: 's',
        PASSWORDS: 'off',
      },
      {
        provider: {
          issuer: 'https://id.example.org/realms/site',
          clientId: 'portal',
          clientSecret: 's',
          name: 'id.example.org',
        },
        passwords: false,
      },
    ],
    [{ LOG_LEVEL: 'warn' }, { logLevel: 'warn' }],
    [{ PORT: '0' }, { port: 0 }],
    [{ TRUSTED_PROXIES: '10.0.0.7' }, { trustedProxies: ['10.0.0.7'] }],
    [{ TRUSTED_PROXIES: ' 10.0.0.0/8, 2001:db8::/32 ::1' }, { trustedProxies: ['10.0.0.0/8', '2001:db8::/32', '::1'] }],
    [{ TRUSTED_PROXIES: 'loopback' }, { trustedProxies: ['127.0.0.0/8', '::1/128'] }],
    [
      { TRUSTED_PROXIES: 'private,203.0.113.7' },
      { trustedProxies: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7', '203.0.113.7'] },
    ],
    [{ OUTBOUND_ALLOW: '127.0.0.2' }, { outboundAllow: ['127.0.0.2'] }],
    [
      { OUTBOUND_ALLOW: ' 10.20.0.0/16,169.254.169.254/32 fd12::/64' },
      { outboundAllow: ['10.20.0.0/16', '169.254.169.254/32', 'fd12::/64'] },
    ],
  ])('%j', (environment, expected) => {
    expect(read(environment)).toMatchObject(expected)
  })
})

describe('a setting that cannot be used is refused with a sentence', () => {
  test.each([
    ['PORT', 'http', 'PORT is “http”; it must be a number from 0 to 65535.'],
    ['PORT', '-1', 'PORT is “-1”'],
    ['PORT', '65536', 'PORT is “65536”'],
    ['PORT', '80.5', 'PORT is “80.5”'],
    ['PORT', '3000 ; rm', 'PORT is'],
    ['HOST', '0.0.0.0', 'Set BASE_URL to the site’s public URL, like https://portal.example.org.'],
    ['HOST', '0', 'Set BASE_URL to the site’s public URL, like https://portal.example.org.'],
    ['HOST', '::', 'Set BASE_URL to the site’s public URL, like https://portal.example.org.'],
    ['HOST', '[::]', 'Set BASE_URL to the site’s public URL, like https://portal.example.org.'],
    ['HOST', '0:0::0', 'Set BASE_URL to the site’s public URL, like https://portal.example.org.'],
    ['HOST', '::ffff:0.0.0.0', 'Set BASE_URL to the site’s public URL, like https://portal.example.org.'],
    ['BASE_URL', 'portal.example.org', 'it must be a URL like https://portal.example.org.'],
    ['BASE_URL', 'ftp://portal.example.org', 'it must be a URL like https://portal.example.org.'],
    ['BASE_URL', 'javascript:alert(1)', 'it must be a URL like https://portal.example.org.'],
    ['BASE_URL', 'https://', 'it must be a URL like https://portal.example.org.'],
    ['BASE_URL', 'https://example.org/portal', 'BASE_URL cannot have a path: Guildhall needs its own host name.'],
    ['BASE_URL', 'https://example.org/?a=b', 'BASE_URL cannot have a path'],
    ['BASE_URL', 'https://example.org/#join', 'BASE_URL cannot have a path'],
    ['DATABASE_URL', 'mysql://db/guildhall', 'DATABASE_URL must begin with postgres://.'],
    ['DATABASE_URL', 'guildhall', 'DATABASE_URL must begin with postgres://.'],
    [
      'DATABASE_URL',
      'postgres://db:port/guildhall',
      'DATABASE_URL must be like postgres://user:password@host:5432/guildhall.',
    ],
    ['DATABASE_URL', 'postgres://ana:100%@db/guildhall', 'DATABASE_URL must be like'],
    ['DATABASE_CONNECTIONS', '0', 'DATABASE_CONNECTIONS is “0”; it must be a number from 1 to 100.'],
    ['DATABASE_CONNECTIONS', 'ten', 'DATABASE_CONNECTIONS is “ten”'],
    ['SMTP_URL', 'smtp://mail.example.org', 'SMTP_URL and MAIL_FROM go together: set both, or neither.'],
    ['MAIL_FROM', 'portal@example.org', 'SMTP_URL and MAIL_FROM go together: set both, or neither.'],
    [
      'GUILDHALL_SECRET',
      'kR7#mQ2vX9pL4wZ8tB1nC6yH3jF5dG0',
      'GUILDHALL_SECRET is too short: it needs at least 32 characters',
    ],
    ['GUILDHALL_SECRET', 'changeme', 'GUILDHALL_SECRET is too short'],
    ['GUILDHALL_SECRET', 'x'.repeat(64), 'GUILDHALL_SECRET is not random enough.'],
    ['GUILDHALL_SECRET', 'secret'.repeat(8), 'GUILDHALL_SECRET is not random enough.'],
    ['TRUSTED_PROXIES', 'true', 'TRUSTED_PROXIES is “true”; it must be addresses or ranges'],
    ['TRUSTED_PROXIES', '*', 'TRUSTED_PROXIES is “*”'],
    ['TRUSTED_PROXIES', '1', 'TRUSTED_PROXIES is “1”'],
    ['TRUSTED_PROXIES', '0.0.0.0/0', 'TRUSTED_PROXIES is “0.0.0.0/0”'],
    ['TRUSTED_PROXIES', '::/0', 'TRUSTED_PROXIES is “::/0”'],
    ['TRUSTED_PROXIES', '10.0.0.0/33', 'TRUSTED_PROXIES is'],
    ['TRUSTED_PROXIES', '10.0.0.0/8/8', 'TRUSTED_PROXIES is'],
    ['TRUSTED_PROXIES', '10.0.0', 'TRUSTED_PROXIES is'],
    ['TRUSTED_PROXIES', 'loopback, proxy.example.org', 'TRUSTED_PROXIES is'],
    ['TRUSTED_PROXIES', 'constructor', 'TRUSTED_PROXIES is'],
    ['OUTBOUND_ALLOW', 'private', 'OUTBOUND_ALLOW is “private”; it must be addresses or ranges'],
    ['OUTBOUND_ALLOW', '0.0.0.0/0', 'OUTBOUND_ALLOW is “0.0.0.0/0”'],
    ['OUTBOUND_ALLOW', '::/0', 'OUTBOUND_ALLOW is “::/0”'],
    ['OUTBOUND_ALLOW', '10.20.0.7/16', 'OUTBOUND_ALLOW is'],
    ['OUTBOUND_ALLOW', 'fd12::7/64', 'OUTBOUND_ALLOW is'],
    ['OUTBOUND_ALLOW', '10.20', 'OUTBOUND_ALLOW is'],
    ['OUTBOUND_ALLOW', '010.0.0.1', 'OUTBOUND_ALLOW is'],
    ['OUTBOUND_ALLOW', '::ffff:10.20.0.7', 'OUTBOUND_ALLOW is'],
    ['OUTBOUND_ALLOW', 'fe80::1%eth0', 'OUTBOUND_ALLOW is'],
    ['OUTBOUND_ALLOW', '10.20.0.7, keystone.example.org', 'OUTBOUND_ALLOW is'],
    ['LOG_LEVEL', 'loud', 'LOG_LEVEL is “loud”; it must be one of trace, debug, info, warn, error, silent.'],
  ])('%s=%s', (name, value, sentence) => {
    expect(() => read({ [name]: value })).toThrow(WrongSetting)
    expect(() => read({ [name]: value })).toThrow(sentence)
    expect(() => read({ [name]: value })).toThrow(/\.$/)
  })

  test.each([
    ['https://mail.example.org', 'a@example.org', 'SMTP_URL must be like smtp://user:password@mail.example.org:587.'],
    ['mail.example.org', 'a@example.org', 'SMTP_URL must be like'],
    ['smtp://ana:hunter2@', 'a@example.org', 'SMTP_URL must be like'],
    ['smtp://mail.example.org', 'Guildhall', 'MAIL_FROM is “Guildhall”; it must be like Guildhall <portal'],
    ['smtp://mail.example.org', 'a@example.org, b@example.org', 'MAIL_FROM is'],
    ['smtp://mail.example.org', 'x\r\nBcc: <b@example.org>', 'MAIL_FROM is'],
  ])('SMTP_URL=%s MAIL_FROM=%s', (SMTP_URL, MAIL_FROM, sentence) => {
    expect(() => read({ SMTP_URL, MAIL_FROM })).toThrow(WrongSetting)
    expect(() => read({ SMTP_URL, MAIL_FROM })).toThrow(sentence)
    expect(() => read({ SMTP_URL, MAIL_FROM })).toThrow(/^(?!.*hunter2)/s)
  })

  test.each([
    ['SMTP_URL', 'hunter2://mail.example.org'],
    ['DATABASE_URL', 'mysql://ana:hunter2@db/guildhall'],
    ['DATABASE_URL', 'postgres://ana:hunter2@db:port/guildhall'],
    ['GUILDHALL_SECRET', 'hunter2hunter2hunter2hunter2hunter2hunter2'],
    ['GUILDHALL_SECRET', 'hunter2'],
  ])('and what is secret in %s is not repeated', (name, value) => {
    expect(() => read({ [name]: value })).toThrow(/^(?!.*hunter2)/s)
  })
})

describe('the secret, where none is given', () => {
  const made = () => join(folder, 'new', 'secret')
  const readNew = () => read({ DATA_DIR: join(folder, 'new'), GUILDHALL_SECRET: '' }).secrets[0]

  test('is made once, for its owner’s eyes only, and read from then on', () => {
    const first = readNew()
    expect(first).toMatch(/^[\w-]{64}$/)
    expect(statSync(made()).mode & 0o777).toBe(0o600)
    expect(statSync(join(folder, 'new')).mode & 0o777).toBe(0o700)
    expect(readNew()).toBe(first)
    expect(readFileSync(made(), 'utf8')).toBe(`${first}\n`)
    expect(readdirSync(join(folder, 'new'))).toEqual(['secret'])
  })

  test('is another in another directory', () => {
    expect(readNew()).not.toBe(read({ GUILDHALL_SECRET: '' }).secrets[0])
  })

  test('is not made where one is given', () => {
    read()
    expect(existsSync(join(folder, 'secret'))).toBe(false)
  })

  test.each(['', 'short\n'])('is refused where the file is damaged: %j', (text) => {
    writeFileSync(join(folder, 'secret'), text)
    expect(() => read({ GUILDHALL_SECRET: '' })).toThrow(WrongSetting)
    expect(() => read({ GUILDHALL_SECRET: '' })).toThrow('is damaged: it must contain at least 32 characters.')
    expect(readFileSync(join(folder, 'secret'), 'utf8')).toBe(text)
  })

  test('is the same for processes that start at once', async () => {
    const program = `
      const { readConfig } = await import(${JSON.stringify(resolve('src/platform/config.ts'))})
      console.log(readConfig({ DATA_DIR: ${JSON.stringify(join(folder, 'new'))} }).secrets[0])`
    const secrets = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
          stdio: ['ignore', 'pipe', 'inherit'],
        })
        const [said] = await once(child.stdout, 'data')
        return String(said)
      }),
    )
    expect(new Set(secrets).size).toBe(1)
    expect(secrets[0]).toBe(`${readNew()}\n`)
  }, 30_000)
})
