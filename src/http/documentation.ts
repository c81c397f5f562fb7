import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { Server } from './server'

/** OpenAPI 3.1 at `/api/openapi.json`, made from the declarations that check every request; the page is `/api/docs`. */
export async function serveDocumentation(app: Server): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Guildhall',
        version: '1',
        description:
          'Organizations, invitations, memberships. Sign in with `POST /api/sessions`; the session is a cookie. ' +
          'A request that changes something and carries the cookie also needs an `Origin` header with this site’s own address. ' +
          'Refusals are problem documents (RFC 9457) with a stable `code`.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/' }],
      components: { securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'guildhall_session' } } },
    },
  })
  await app.register(swaggerUi, { routePrefix: '/api/docs', staticCSP: true, indexPrefix: '' })
  app.get('/api/openapi.json', { schema: { hide: true } as never }, async () => app.swagger())
}
