import { createServer, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { endpointsOf } from '../src/platform/http/declare'
import type { Endpoint } from '../src/platform/http/endpoint'
import { ApiError, call, stream } from './api'
import { answered, isAway } from './connection'

/** What the site answers next, and what it was asked. */
let answer: { status: number; type?: string; body: string }
let asked: { method?: string; url?: string; headers: IncomingMessage['headers']; body: string }

const site = createServer(async (request, response) => {
  asked = { method: request.method, url: request.url, headers: request.headers, body: await text(request) }
  response.writeHead(answer.status, { 'content-type': answer.type ?? 'application/json' }).end(answer.body)
})
let origin = ''

/** A browser takes addresses from the page on, and so does Node's `fetch` from this origin. */
function pageIsAt(url: string | undefined) {
  Object.assign(globalThis, { [Symbol.for('undici.globalOrigin.1')]: url && new URL(url) })
}

beforeAll(async () => {
  await new Promise<void>((listening) => site.listen(0, '127.0.0.1', listening))
  const address = site.address()
  origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  pageIsAt(origin)
})
beforeEach(() => {
  answer = { status: 200, body: '{"done":true}' }
})
afterAll(() => {
  answered()
  pageIsAt(undefined)
  site.close()
})

const declared = (method: Endpoint['method'], path: Endpoint['path']) =>
  endpointsOf('Site')({
    id: 'tryIt',
    method,
    path,
    access: 'anyone',
    summary: '',
    input: z.object({}).loose(),
    answer: z.object({ done: z.boolean() }),
    problems: [],
  })

test.each<[Endpoint['method'], Endpoint['path'], Record<string, unknown>, string, string]>([
  ['GET', '/api/things', {}, '/api/things', ''],
  ['GET', '/api/things', { q: 'a b&c', limit: 20 }, '/api/things?q=a+b%26c&limit=20', ''],
  ['GET', '/api/things', { q: '', before: null, after: undefined, all: false }, '/api/things?all=false', ''],
  ['GET', '/api/things/{thingId}', { thingId: 'a/b?c', q: 'x' }, '/api/things/a%2Fb%3Fc?q=x', ''],
  ['DELETE', '/api/things/{thingId}', { thingId: '7', reason: 'old' }, '/api/things/7?reason=old', ''],
  ['POST', '/api/things', { name: '', parts: [1], end: null }, '/api/things', '{"name":"","parts":[1],"end":null}'],
  ['PUT', '/api/{one}/{two}', { one: '1', two: '2', three: '3' }, '/api/1/2', '{"three":"3"}'],
])('%s %s with %j is sent as %s %s', async (method, path, input, url, body) => {
  expect(await call(declared(method, path), input)).toEqual({ done: true })
  expect(asked).toMatchObject({ method, url, body })
  expect(asked.headers['content-type']).toBe(body ? 'application/json' : undefined)
})

const problem = { code: 'invalid_input', detail: 'Some of it is wrong.', errors: [{ path: 'name', message: 'Empty.' }] }

test.each([
  [400, JSON.stringify(problem), { code: 'invalid_input', message: problem.detail, errors: problem.errors }, false],
  [503, '{"code":"database_unavailable","detail":"Later."}', { code: 'database_unavailable', errors: [] }, false],
  [200, '<html>', { code: 'internal_error' }, false],
  [404, '<html>', { code: 'internal_error' }, false],
  [500, '{"code":"internal_error"}', { code: 'internal_error' }, false],
  [502, '<html>', { code: 'unreachable' }, true],
  [504, '', { code: 'unreachable' }, true],
])('an answer %i %s is the refusal %j', async (status, body, refusal, away) => {
  answered()
  answer = { status, body }
  const error = await call(declared('GET', '/api/things'), {}).catch((error: unknown) => error)
  expect(error).toBeInstanceOf(ApiError)
  expect(error).toMatchObject({ ...refusal, status })
  expect(isAway()).toBe(away)
})

test('where no answer comes the site is away, until one comes', async () => {
  pageIsAt('http://127.0.0.1:1')
  await expect(call(declared('GET', '/api/things'), {})).rejects.toMatchObject({ code: 'unreachable', status: 0 })
  expect(isAway()).toBe(true)
  pageIsAt(origin)
  await call(declared('GET', '/api/things'), {})
  expect(isAway()).toBe(false)
})

test('a request that is given up is no refusal, and the site is not away', async () => {
  answered()
  const error = await call(declared('GET', '/api/things'), {}, AbortSignal.abort()).catch((error: unknown) => error)
  expect(error).toMatchObject({ name: 'AbortError' })
  expect(isAway()).toBe(false)
})

test('a file comes as it is; a refusal of it as everywhere', async () => {
  answer = { status: 200, type: 'text/csv', body: 'name\nAna\n' }
  const { signal } = new AbortController()
  expect(await new Response(await stream('/api/export', signal)).text()).toBe('name\nAna\n')
  answer = { status: 400, body: JSON.stringify(problem) }
  await expect(stream('/api/export', signal)).rejects.toMatchObject({ code: 'invalid_input', errors: problem.errors })
})

const refusal = new ApiError('invalid_input', 'Some of it is wrong.', 400, [
  { path: 'rename', message: 'Of another field.' },
  { path: 'parts.0.name', message: 'Empty.' },
  { path: 'parts.1.name', message: 'Too long.' },
])

test.each([
  ['name', 'Empty.'],
  ['parts.1.name', 'Too long.'],
  ['rename', 'Of another field.'],
  ['parts', undefined],
  ['ame', undefined],
])('at the field %s it says %j', (field, message) => {
  expect(refusal.errorAt(field)).toBe(message)
})

test('a refusal can be said at a field', () => {
  expect(refusal.at('email')).toMatchObject({
    code: 'invalid_input',
    status: 400,
    message: 'Some of it is wrong.',
    errors: [{ path: 'email', message: 'Some of it is wrong.' }],
  })
})
