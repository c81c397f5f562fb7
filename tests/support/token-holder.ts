import type { Endpoint } from '../../src/platform/http/endpoint'
import { type Answered, Person, type Site } from './site'

/** A program that calls endpoints with a token. */
export class TokenHolder extends Person {
  constructor(
    { url }: Pick<Site, 'url'>,
    readonly token: string,
    from?: string,
  ) {
    super(url, '', { id: '', name: 'program', email: '' }, from)
  }

  override raw<E extends Endpoint>(
    method: string,
    path: string,
    text?: string | Uint8Array,
    headers: Record<string, string> = {},
  ): Promise<Answered<E>> {
    return super.raw(method, path, text, { authorization: `Bearer ${this.token}`, ...headers })
  }
}
