import { expect, test } from 'vitest'
import type { Desired } from '../connector'
import { Refused, type UsedConnection } from '../connector'
import type { RestCall } from '../rest'
import { keystoneApi } from './api'
import { limitsFor } from './limits'
import type { Keystone } from './signing-in'

// What a Keystone for tests does not answer; the rest is in cloud.service.test.ts, against a real one.

/** Answers each call with the next of these: a body with a status, or a failure of the connection. */
function answering(...answers: ([number, object] | 'closed')[]) {
  const calls: string[] = []
  const api = keystoneApi(async ({ method, path }: RestCall) => {
    calls.push(`${method} ${path}`)
    const next = answers.shift()!
    if (next === 'closed') throw new Refused({ code: 'closed' })
    return { status: next[0], headers: {}, read: (schema) => schema.parse(next[1]) }
  })
  return { api, calls }
}

test('what can be called twice is called again after the connection was closed, once', async () => {
  const once = answering('closed', [204, {}])
  await expect(once.api.leave('group', 'user')).resolves.toBeUndefined()
  expect(once.calls).toHaveLength(2)
  const twice = answering('closed', 'closed', [204, {}])
  await expect(twice.api.leave('group', 'user')).rejects.toMatchObject({ outcome: { code: 'closed' } })
  const creating = answering('closed', [201, {}])
  await expect(creating.api.createLimit({ resource_name: 'cores' })).rejects.toMatchObject({
    outcome: { code: 'closed' },
  })
  expect(creating.calls).toHaveLength(1)
})

test('that our own token is refused does not look like something that is gone', async () => {
  const message = 'Unable to validate token because domain 1 is disabled'
  const ours = answering([404, { error: { message } }])
  await expect(ours.api.leave('group', 'user')).rejects.toMatchObject({ outcome: { code: 'refused_by_service' } })
  const gone = answering([404, { error: { message: 'Could not find user: 1.' } }])
  await expect(gone.api.leave('group', 'user')).resolves.toBeUndefined()
})

test('a listing that was cut short is none', async () => {
  const { api } = answering([200, { groups: [], truncated: true }])
  await expect(api.groupsOf('user')).rejects.toMatchObject({ outcome: { code: 'unexpected_answer' } })
})

test('a number that is not registered as a limit is named', async () => {
  const { api } = answering(
    [200, { services: [{ id: 'nova' }] }],
    [200, { registered_limits: [{ resource_name: 'servers' }] }],
    [200, { limits: [] }],
  )
  const limits = [{ key: 'cores', name: 'Cores', value: 8, unit: '' }]
  const desired = { quota: { key: 'large', until: null, limits } } as unknown as Desired
  const target = { settings: { service: 'compute', limits: 'cores' } } as unknown as UsedConnection
  await expect(limitsFor({ api } as Keystone, target, 'project', desired)).rejects.toMatchObject({
    outcome: { code: 'limit_unregistered', answer: 'cores' },
  })
})
