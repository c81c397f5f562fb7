import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { Bulkhead } from '../../platform/bulkhead'
import type { Context } from '../../platform/http/flow'
import { callbackPath } from '../authentication/provider'
import { serveCallback } from './callback'

test('whoever comes back to a site with too much to do is told so, on the sign-in page', async () => {
  const app = Fastify()
  serveCallback(app, { providerId: 'reef', requests: new Bulkhead(0, 0, 'overloaded') } as Context)
  const { statusCode, headers } = await app.inject(`${callbackPath}?code=1&state=2`)
  expect([statusCode, headers.location]).toEqual([302, '/sign-in#problem=overloaded'])
})
