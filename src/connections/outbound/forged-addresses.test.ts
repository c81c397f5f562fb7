import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  allowedHost,
  forbiddenHost,
  httpReceiver,
  plainReceiver,
  type Receiver,
  watchedDial,
} from '../../../tests/support/receivers'
import { createOutbound, type Outbound } from './outbound'

// One receiver is allowed, at 127.0.0.2. Another one, at the same port of 127.0.0.1, stands for all that is inside, and
// gets every connection that would leave the machine, too. There must be none.

let allowed: Receiver
let inside: Awaited<ReturnType<typeof plainReceiver>>
let send: Outbound
let dialled: string[]
let asked: string[]

/** What the resolver answers, in turn; the last answer for good. */
const names: Record<string, string[][]> = {
  'receiver.test': [[allowedHost!]],
  localhost: [['127.0.0.1', '::1']],
  'localhost.': [['127.0.0.1']],
  'inside.test': [['127.0.0.1']],
  '127.0.0.1.names.test': [['127.0.0.1']],
  'mixed.test': [[allowedHost!, '127.0.0.1']],
  'mixed-last.test': [[allowedHost!, allowedHost!, allowedHost!, allowedHost!, '10.0.0.1']],
  'public-and-private.test': [['1.1.1.1', '192.168.0.1']],
  'mapped.test': [['::ffff:127.0.0.1']],
  'mapped-in-hex.test': [['::ffff:7f00:1']],
  'compatible.test': [['::127.0.0.1']],
  'translated.test': [['64:ff9b::127.0.0.1']],
  'six-to-four.test': [['2002:7f00:1::']],
  'zone.test': [['fe80::1%lo']],
  'zoned-public.test': [['2606:4700::1%lo']],
  'any.test': [['0.0.0.0']],
  'any-ipv6.test': [['::']],
  'private.test': [['10.0.0.1']],
  'link-local.test': [['169.254.169.254']],
  'metadata.google.internal': [['169.254.169.254']],
  metadata: [['169.254.169.254']],
  'instance-data.ec2.internal': [['fd00:ec2::254']],
  'metadata.aliyun.test': [['100.100.100.200']],
  'metadata.azure.test': [['168.63.129.16']],
  'nonsense.test': [['127.0.0.1:80']],
  'octal.test': [['0177.0.0.1']],
  'name.test': [['localhost']],
  'empty-string.test': [['']],
  'rebinding.test': [[allowedHost!], ['127.0.0.1']],
  'rebound.test': [['127.0.0.1'], [allowedHost!]],
}

beforeAll(async () => {
  inside = await plainReceiver(
    (socket) => socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret')),
    forbiddenHost,
  )
  allowed = await httpReceiver(
    ({ url }, response) => {
      const to = `http://127.0.0.1:${inside.port}/`
      if (url === '/moved') response.writeHead(302, { location: to })
      if (url === '/kept') response.writeHead(307, { location: to })
      if (url === '/refreshing') response.writeHead(200, { refresh: `0; url=${to}`, 'alt-svc': `h2="127.0.0.1:443"` })
      response.end('here')
    },
    allowedHost,
    inside.port,
  )
})
beforeEach(() => {
  const watched = watchedDial(inside.port)
  dialled = watched.dialled
  asked = []
  const left = structuredClone(names)
  send = createOutbound({
    allowed: [`${allowedHost}/32`],
    dial: watched.dial,
    lookup: async (name) => {
      asked.push(name)
      const answers = left[name]
      if (!answers) throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })
      return answers.length > 1 ? answers.shift()! : answers[0]!
    },
  })
})
afterEach(() => expect([inside.connections(), inside.received()]).toEqual([0, '']))
afterAll(async () => {
  // Connections are accepted in the order in which they come: this one is the first.
  const open = createOutbound({ allowed: [forbiddenHost!] })
  expect(await open({ url: `http://127.0.0.1:${inside.port}/` })).toMatchObject({ status: 200, text: 'secret' })
  expect(inside.connections()).toBe(1)
  await Promise.all([allowed.close(), inside.close()])
})

const at = (url: string) => url.replace('PORT', String(inside.port))

test.each([
  'http://127.0.0.2:PORT/',
  'http://0x7f.2:PORT/',
  'http://receiver.test:PORT/',
  'http://[::ffff:127.0.0.2]:PORT/',
])('the allowed receiver answers at %s', async (url) => {
  expect(await send({ url: at(url) })).toMatchObject({ status: 200, text: 'here' })
  expect(dialled).toEqual(['127.0.0.2'])
})

const literal = [
  '127.0.0.1',
  '127.0.0.1.',
  '127.1',
  '127.0.1',
  '2130706433',
  '017700000001',
  '0177.0.0.1',
  '0177.0.0.01',
  '00000177.0.0.1',
  '0x7f000001',
  '0x7f.0.0.1',
  '0X7F.0x0.0x0.0x1',
  '0x7f.1',
  '127.0.0.0x1',
  '127.0.0.1%2e',
  '127%2e0%2e0%2e1',
  '%31%32%37.0.0.1',
  '127。0。0。1',
  '\uff11\uff12\uff17.\uff10.\uff10.\uff11',
  '127。0.0｡1',
  '①②⑦.⓪.⓪.①',
  '127\uff0e0\uff0e0\uff0e1',
  '𝟏𝟐𝟕.0.0.1',
  '127.127.127.127',
  '0',
  '0.0.0.0',
  '0x0',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[::]',
  '[::127.0.0.1]',
  '[::7f00:1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[0:0:0:0:0:FFFF:127.0.0.1]',
  '[::ffff:0:127.0.0.1]',
  '[64:ff9b::127.0.0.1]',
  '[2002:7f00:1::]',
  '[fe80::1]',
  '[fd00:ec2::254]',
  '10.0.0.1',
  '192.168.1.1',
  '172.16.0.1',
  '100.64.0.1',
  '169.254.169.254',
  '0xa9fea9fe',
  '2852039166',
  '0251.0376.0251.0376',
  '[::ffff:169.254.169.254]',
  '100.100.100.200',
  '168.63.129.16',
  '224.0.0.1',
  '255.255.255.255',
]
test.each(literal.flatMap((host) => [`http://${host}:PORT/`, `https://${host}:PORT/`]))(
  'the address in %s is forbidden',
  async (url) => {
    expect(await send({ url: at(url) })).toMatchObject({ code: 'address_forbidden' })
    expect(dialled).toEqual([])
    expect(asked).toEqual([])
  },
)

const usable = ['receiver.test', 'rebinding.test', 'rebound.test']
test.each(Object.keys(names).filter((name) => !usable.includes(name)))('the name %s is forbidden', async (name) => {
  for (const scheme of ['http', 'https'])
    expect(await send({ url: at(`${scheme}://${name}:PORT/`) })).toMatchObject({ code: 'address_forbidden' })
  expect(dialled).toEqual([])
})

test.each([
  // Credentials that look like the host, or the host like credentials.
  'http://127.0.0.2@127.0.0.1:PORT/',
  'http://127.0.0.2:80@127.0.0.1:PORT/',
  'http://127.0.0.1@127.0.0.2:PORT/',
  'http://receiver.test%40127.0.0.1:PORT/',
  'http://receiver.test%23@127.0.0.1:PORT/',
  'http://@127.0.0.1:PORT/',
  'http://:@127.0.0.1:PORT/',
  'http://user:password@receiver.test:PORT/',
  // Read differently by others.
  'http://receiver.test\\@127.0.0.1:PORT/',
  'http:\\\\127.0.0.1:PORT/',
  'http://127.0.0.1\\.receiver.test:PORT/',
  'http:127.0.0.1:PORT/',
  'http:/127.0.0.1:PORT/',
  'http:///127.0.0.1:PORT/',
  '//127.0.0.1:PORT/',
  '127.0.0.1:PORT',
  'http://receiver.test:PORT\t@127.0.0.1:PORT/',
  'http://127.0.\n0.1:PORT/',
  ' http://127.0.0.1:PORT/',
  'http://receiver.test:PORT/ HTTP/1.1\r\nHost: inside',
  'http://127.0.0\u00ad.1:PORT/',
  'http://127.0.0.1\u200b:PORT/',
  'http://receiver.test\u0000.127.0.0.1:PORT/',
  'http://receiver.test%00.127.0.0.1:PORT/',
  'http://receiver.test%0d%0a127.0.0.1:PORT/',
  // Not addresses.
  'http://[::1%25lo]:PORT/',
  'http://[fe80::1%25eth0]:PORT/',
  'http://[fe80::1%eth0]:PORT/',
  'http://[127.0.0.1]:PORT/',
  'http://[::ffff:127.0.0.1:PORT/',
  'http://127.0.0.1..:PORT/',
  'http://127.0.0.256:PORT/',
  'http://127.0.0.1.5:PORT/',
  'http://08.0.0.1:PORT/',
  'http://4294967297:PORT/',
  'http://0x100000000:PORT/',
  // Not hosts.
  'http://:PORT/',
  'http://.:PORT/',
  'http://receiver..test:PORT/',
  'http://.receiver.test:PORT/',
  `http://${'a'.repeat(64)}.test:PORT/`,
  `http://${'a.'.repeat(127)}test:PORT/`,
  `http://${'1'.repeat(100_000)}:PORT/`,
  `http://${'127.0.0.1.'.repeat(10_000)}:PORT/`,
  // Not ports.
  'http://127.0.0.2:0/',
  'http://127.0.0.2:00/',
  'http://127.0.0.2:65536/',
  'http://127.0.0.2:-1/',
  'http://127.0.0.2:8o/',
  'http://receiver.test:0/',
  // Not over HTTP.
  'ftp://127.0.0.1:PORT/',
  'file:///etc/passwd',
  'gopher://127.0.0.1:PORT/_GET',
  'ws://127.0.0.1:PORT/',
  'unix:/run/docker.sock',
  'data:text/plain,secret',
  'javascript:alert(1)',
  'https+unix://127.0.0.1:PORT/',
  '',
])('%j is invalid', async (url) => {
  expect(await send({ url: at(url) })).toMatchObject({ code: 'invalid_address' })
  expect(dialled).toEqual([])
  expect(asked).toEqual([])
})

test('a name that is looked up once does not change until the connection is there', async () => {
  expect(await send({ url: at('http://rebinding.test:PORT/') })).toMatchObject({ status: 200, text: 'here' })
  expect([asked, dialled]).toEqual([['rebinding.test'], ['127.0.0.2']])
})

test('a name is judged for each request', async () => {
  expect(await send({ url: at('http://rebinding.test:PORT/') })).toMatchObject({ status: 200 })
  expect(await send({ url: at('http://rebinding.test:PORT/') })).toMatchObject({ code: 'address_forbidden' })
  expect(dialled).toEqual(['127.0.0.2'])
  expect(await send({ url: at('http://rebound.test:PORT/') })).toMatchObject({ code: 'address_forbidden' })
  expect(await send({ url: at('http://rebound.test:PORT/') })).toMatchObject({ status: 200 })
})

test.each([
  ['/moved', 302],
  ['/kept', 307],
  ['/refreshing', 200],
])('an answer that leads inside is not followed: %s', async (path, status) => {
  const answer = await send({ url: at(`http://receiver.test:PORT${path}`) })
  expect(answer).toMatchObject({ status, text: 'here' })
  expect(dialled).toEqual(['127.0.0.2'])
})

test('a proxy that the environment names is not used', async () => {
  const proxies = ['http_proxy', 'https_proxy', 'all_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY']
  const before = { ...process.env }
  for (const name of proxies) process.env[name] = `http://127.0.0.1:${inside.port}`
  try {
    expect(await send({ url: at('http://receiver.test:PORT/') })).toMatchObject({ status: 200, text: 'here' })
    expect(await send({ url: at('https://receiver.test:PORT/') })).toMatchObject({ code: 'tls_failed' })
  } finally {
    for (const name of proxies) delete process.env[name]
    Object.assign(process.env, before)
  }
})

test('a public address is connected to over https only', async () => {
  expect(await send({ url: at('http://1.1.1.1:PORT/') })).toMatchObject({ code: 'https_required' })
  expect(await send({ url: at('http://[2606:4700::1]:PORT/') })).toMatchObject({ code: 'https_required' })
  expect([dialled, asked]).toEqual([[], []])
})
