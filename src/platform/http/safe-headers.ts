import helmet from '@fastify/helmet'
import Fastify from 'fastify'

/**
 * Headers that keep browsers from doing what a portal never needs. Helmet chooses them. They are the same for every
 * answer, so they are computed once.
 */
export async function safeHeaders(baseUrl: string): Promise<Record<string, string>> {
  const asked = Fastify()
  await asked.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        fontSrc: ["'self'", 'data:'],
        manifestSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: baseUrl.startsWith('https:') ? { maxAge: 31_536_000, includeSubDomains: true } : false,
  })
  asked.get('/', (_, reply) => reply.send())
  const { headers } = await asked.inject('/')
  await asked.close()
  const ofHttp = ['connection', 'content-length', 'date']
  return {
    ...Object.fromEntries(
      Object.entries(headers).flatMap(([name, value]) => (ofHttp.includes(name) ? [] : [[name, String(value)]])),
    ),
    // Denies features that the portal never uses, so that no script in it can use them either.
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  }
}
