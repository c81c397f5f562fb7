import type { Endpoint, InputOf } from '../../src/platform/http/endpoint'
import { Browser } from './browser'
import type { Answered } from './site'

/** Fields of requests and answers that hold a secret, in any endpoint. */
const secretFields = ['password', 'code', 'token', 'secret', 'secretKey', 'uri', 'link', 'recoveryCodes']
/** Shorter secrets, such as six-digit app codes, would match by chance. */
const shortest = 10

/** Every secret that was sent or received, verbatim, with its description. */
export class Secrets {
  readonly seen = new Map<string, string>()

  add(secret: string, what: string): void {
    if (secret.length >= shortest) this.seen.set(secret, what)
  }

  addFrom(value: unknown, where: string): void {
    if (typeof value !== 'object' || value === null) return
    for (const [name, inner] of Object.entries(value)) {
      if (!secretFields.includes(name)) this.addFrom(inner, where)
      else for (const secret of [inner].flat()) if (typeof secret === 'string') this.add(secret, `${name} of ${where}`)
    }
  }

  /** The secrets found in the text, in any encoding in which it could contain them. */
  in(text: string): string[] {
    return [...this.seen].flatMap(([secret, what]) => {
      const form = formsOf(secret).find((written) => text.includes(written))
      return form ? [`${what}: ${form}`] : []
    })
  }
}

function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret)
  // Only the part of a link after the # is secret.
  const bare = secret.includes('#') ? secret.split('#')[1]! : secret
  return [
    bare,
    bare.replaceAll('-', ''),
    encodeURIComponent(bare),
    decodeURIComponent(bare),
    bytes.toString('hex'),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    JSON.stringify(bare).slice(1, -1),
  ]
}

/** A browser that records secrets as they are sent and received. */
export class WatchedBrowser extends Browser {
  /** The refusals that it received. */
  readonly refusals: string[] = []

  constructor(
    url: string,
    private readonly secrets: Secrets,
    email = '',
  ) {
    super({ url }, { id: '', name: email, email })
  }

  override async try<E extends Endpoint>(endpoint: E, input: InputOf<E>): Promise<Answered<E>> {
    this.secrets.addFrom(input, endpoint.id)
    const answered = await super.try(endpoint, input)
    if (answered.status < 300) this.secrets.addFrom(answered.body, `the answer of ${endpoint.id}`)
    return answered
  }

  override async raw<E extends Endpoint>(
    method: string,
    path: string,
    text?: string,
    headers: Record<string, string> = {},
  ): Promise<Answered<E>> {
    const answered = await super.raw<E>(method, path, text, headers)
    if (answered.status >= 300) this.refusals.push(JSON.stringify(answered.body))
    return answered
  }

  override keep(headers: Headers): void {
    super.keep(headers)
    for (const [name, value] of this.cookies) {
      const [content, ...signature] = decodeURIComponent(value).split('.')
      // The state is in the provider's address too. It is worthless without the signature.
      if (!name.endsWith('state')) this.secrets.add(content!, `the cookie ${name}`)
      this.secrets.add(signature.join('.'), `the signature of the cookie ${name}`)
    }
  }
}
