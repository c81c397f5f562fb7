import swagger from '@fastify/swagger'
import { detailOf } from '../errors'
import { problemCodes, statusOf } from '../problems'
import { type ApiDocument, documentationPage, schemePath, schemeScript } from './documentation-page'
import type { Server } from './server'

/** Where the `type` of every problem document points. */
const errorPage = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Problems · Guildhall</title><script src="${schemePath}"></script><style>body{font:1rem/1.5 system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}dt{margin-top:1rem;font-family:monospace}:target{outline:2px solid;outline-offset:.3rem}</style>
<p><a href="/">Back to Guildhall</a> · <a href="/api/docs">API</a></p><h1>Problems</h1><p>Refusals are problem documents (RFC 9457). Their <code>code</code> never changes its meaning.</p><dl>
${problemCodes.map((code) => `<dt id="${code}">${code} · ${statusOf(code)}</dt><dd>${detailOf(code)}</dd>`).join('\n')}
</dl></html>`

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
          'Where several people use one browser, `Guildhall-Account` with the id of an account has a request refused if the session is another’s. ' +
          'Refusals are problem documents (RFC 9457) with a stable `code`.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/' }],
      components: { securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'guildhall_session' } } },
    },
  })
  let page: string | undefined
  app.get('/api/docs', { schema: { hide: true } as never }, (_, reply) => {
    // Made when somebody asks for it: it would be a tenth of every start.
    page ??= documentationPage(app.swagger() as unknown as ApiDocument)
    return reply.header('content-type', 'text/html; charset=utf-8').send(page)
  })
  app.get(schemePath, { schema: { hide: true } as never }, (_, reply) =>
    reply.header('content-type', 'text/javascript; charset=utf-8').send(schemeScript),
  )
  app.get('/docs/errors', { schema: { hide: true } as never }, (_, reply) =>
    reply.header('content-type', 'text/html; charset=utf-8').send(errorPage),
  )
  app.get('/api/openapi.json', { schema: { hide: true } as never }, async () => app.swagger())
}
