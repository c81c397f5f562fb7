import helmet from '@fastify/helmet'
import Fastify from 'fastify'

/**
 * The headers that keep browsers from doing what a portal never needs. Helmet says which; they are the same for every
 * answer, so it is asked once.
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
    // What a portal never asks for, no script in it can ask for either.
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  }
}
