import swagger from '@fastify/swagger'
import { detailOf } from '../errors'
import { inLocale } from '../messages/request-locale'
import { problemCodes, statusOf } from '../problems'
import { type ApiDocument, documentationPage, schemeScript } from './documentation-page'
import { type Route, unqueued } from './flow'
import { getDocumentation, getDocumentationScript, getOpenApi, getProblemsPage } from './schema'
import type { Server } from './server'

/** Where the `type` of every problem points. */
const errorPage = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Problems · Guildhall</title><script src="${getDocumentationScript.path}"></script><style>body{font:1rem/1.5 system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}dt{margin-top:1rem;font-family:monospace}:target{outline:2px solid;outline-offset:.3rem}</style>
<p><a href="/">Back to Guildhall</a> · <a href="${getDocumentation.path}">API</a></p><h1>Problems</h1><p>Refusals are problem details (RFC 9457). Their <code>code</code> never changes its meaning.</p><dl>
${problemCodes.map((code) => `<dt id="${code}">${code} · ${statusOf(code)}</dt><dd>${detailOf(code)}</dd>`).join('\n')}
</dl></html>`

/** The document is generated from the declarations that check every request. */
export async function describeApi(app: Server): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Guildhall',
        version: '1',
        description:
          'Organizations, invitations and memberships. Sign in with `POST /api/sessions`; the session is a cookie. Programs send a token, and services a service key, as `Authorization: Bearer …`. ' +
          'A request that changes data and sends the cookie must also have an `Origin` header with this site’s address. ' +
          'If several people share a browser, send an account id as `Guildhall-Account`: the request is refused if the session belongs to another account. ' +
          'Errors are problem details (RFC 9457) with a stable `code`.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/' }],
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'guildhall_session' },
          token: { type: 'http', scheme: 'bearer' },
          serviceKey: { type: 'http', scheme: 'bearer' },
        },
      },
    },
  })
}

/** Built on first request, for all readers: building them would take a tenth of every start. They are in English. */
const made: { document?: string; page?: string } = {}

export const documentationRoutes: Route[] = [
  unqueued(getOpenApi, async ({ context }) => {
    made.document ??= inLocale('en', () => JSON.stringify(context.openApi()))
    return { answer: made.document }
  }),

  unqueued(getDocumentation, async ({ context }) => {
    made.page ??= inLocale('en', () => documentationPage(context.openApi() as ApiDocument))
    return { answer: made.page }
  }),

  unqueued(getDocumentationScript, async () => ({ answer: schemeScript })),
  unqueued(getProblemsPage, async () => ({ answer: errorPage })),
]
