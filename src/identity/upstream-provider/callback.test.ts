import { expect, test } from 'vitest'
import { Bulkhead } from '../../platform/bulkhead'
import type { Caller, Context } from '../../platform/http/flow'
import { callbackRoute } from './callback'

test('a person who returns to an overloaded site sees the reason on the sign-in page', async () => {
  const logged: unknown[] = []
  const log = { error: (entry: unknown) => logged.push(entry) }
  const context = { providerId: 'reef', requests: new Bulkhead(0, 0, 'overloaded'), log } as unknown as Context
  const notOpened = () => expect.fail('a redirect is not written piece by piece')
  const { answer } = await callbackRoute.handle(context, {} as Caller, { code: '1', state: '2' } as never, notOpened)
  expect(answer).toBe('/sign-in#problem=overloaded')
  expect(logged).toEqual([])
})
