import { registerAccount } from '../../src/identity/accounts/schema'
import { signIn } from '../../src/identity/authentication/schema'
import type { Endpoint } from '../../src/platform/http/endpoint'
import { type Answered, Person, password, type Site } from './site'

/** A browser that keeps cookies, as multi-step sign-in requires. */
export class Browser extends Person {
  readonly cookies = new Map<string, string>()

  /** `address` is the address that a trusted proxy reports, so that per-network limits affect only this browser. */
  constructor(
    { url }: Pick<Site, 'url'>,
    who = { id: '', name: 'nobody', email: '' },
    private readonly address?: string,
  ) {
    super(url, '', who)
  }

  override async raw<E extends Endpoint>(
    method: string,
    path: string,
    text?: string,
    headers: Record<string, string> = {},
  ): Promise<Answered<E>> {
    const cookie = this.cookieHeader()
    const answered = await super.raw<E>(method, path, text, {
      ...(cookie ? { cookie } : {}),
      ...(this.address ? { 'x-forwarded-for': this.address } : {}),
      ...headers,
    })
    this.keep(answered.headers)
    return answered
  }

  /** The `Cookie` header that it sends. */
  cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  /** Stores the cookies of an answer. */
  keep(headers: Headers): void {
    for (const line of headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
      if (value && !/max-age=0/i.test(line)) this.cookies.set(name!, value)
      else this.cookies.delete(name!)
    }
  }
}

let registered = 0

/** A person who registered and signed in with a password. */
export async function signedInBrowser(site: Site, name = 'bea'): Promise<Browser> {
  const email = `${name}.${++registered}@example.org`
  await site.anonymous.call(registerAccount, { email, password, firstName: 'Bea', lastName: 'Cruz', country: 'PH' })
  const browser = new Browser(site, { id: '', name: 'Bea', email })
  await browser.call(signIn, { email, password })
  return browser
}
