import { Problem } from '../errors'
import { Buckets } from '../limits/buckets'
import type { Allowance } from '../limits/policies'
import { ConcurrencyLimit } from './concurrency-limit'

/** How many requests of one token or key a process handles at once, and of all of them. */
const atOnce = { ofOne: 20, inAll: 500 }

/** A token may send this many requests in a burst, and as many again over this many seconds. A service asks for many. */
export const mostRequests = {
  token: { tries: 600, seconds: 60 },
  serviceKey: { tries: 60_000, seconds: 20 },
} satisfies Record<string, Pick<Allowance, 'tries' | 'seconds'>>

/** The refusal of a wrong one. */
const wrongOnes = { token: 'token_not_valid', serviceKey: 'service_key_not_valid' } as const

/** So many different wrong tokens may come from one network, and as many again over this many seconds. */
const ofNetwork = { tries: 30, seconds: 15 * 60 }

/** How many tokens are remembered, refused and accepted. */
const mostRemembered = 10_000

/**
 * Limits requests with tokens, or with service keys, per process and without the database: reading costs one statement,
 * and counting must not cost another. Tokens cannot be guessed; wrong ones are counted so that no network keeps the
 * database busy with them.
 */
export class TokenLimits {
  private readonly slots = new ConcurrencyLimit(atOnce.inAll, atOnce.ofOne)
  private readonly requests: Buckets
  private readonly wrong = new Buckets(ofNetwork)
  /**
   * The digests of tokens that the database refused. No token ever becomes valid again, so it is not asked twice. A
   * program that goes on with a token that has ended does not use up what its network may send.
   */
  private readonly refused = new Set<string>()
  /** Those that worked last time are not held up by wrong ones from the same network. */
  private readonly accepted = new Set<string>()

  constructor(private readonly kind: keyof typeof wrongOnes) {
    this.requests = new Buckets(mostRequests[kind])
  }

  /**
   * Runs the work of a request with this token, from this network, unless one of them has sent too much. A text that
   * cannot be a token has no digest, and is refused without asking the database.
   */
  async run<Result>(digest: string, source: string, work: () => Promise<Result>): Promise<Result> {
    if (digest === '' || this.refused.has(digest)) throw new Problem(wrongOnes[this.kind])
    const wait = this.accepted.has(digest) ? 0 : this.wrong.secondsToWait(source)
    if (wait > 0) throw new Problem('too_many_tries', undefined, wait)
    const done = this.slots.take(digest)
    try {
      const tooSoon = this.requests.take(digest)
      if (tooSoon > 0) throw new Problem('too_many_requests', undefined, tooSoon)
      const result = await work()
      remember(this.accepted, digest)
      return result
    } catch (error) {
      if (error instanceof Problem && error.code === wrongOnes[this.kind]) this.refuse(digest, source)
      throw error
    } finally {
      done()
    }
  }

  /** Several requests of one token may have been looked up at once. It counts once. */
  private refuse(digest: string, source: string): void {
    if (this.refused.has(digest)) return
    this.wrong.take(source)
    this.accepted.delete(digest)
    remember(this.refused, digest)
  }
}

/** The oldest is forgotten if there are too many. */
function remember(digests: Set<string>, digest: string): void {
  if (digests.size >= mostRemembered && !digests.has(digest)) digests.delete(digests.values().next().value!)
  digests.add(digest)
}
