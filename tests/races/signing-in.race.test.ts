import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { disableAccount, registerAccount } from '../../src/identity/accounts/schema'
import { endOtherSessions, signIn } from '../../src/identity/authentication/schema'
import {
  addPasskey,
  removePasskey,
  signInWithPasskey,
  startPasskey,
  startPasskeySignIn,
} from '../../src/identity/passkeys/schema'
import { changePassword, makeResetLink, resetPassword } from '../../src/identity/passwords/schema'
import {
  confirmSecondFactor,
  giveSecondFactor,
  removeSecondFactor,
  startSecondFactor,
} from '../../src/identity/second-factors/schema'
import { getSignInMethods } from '../../src/identity/sign-in-methods/schema'
import { setSitePolicy } from '../../src/identity/site/schema'
import { deleteOwnAccount, getMe } from '../../src/membership/me/schema'
import { sql } from '../../src/platform/db/sql'
import { Authenticator } from '../support/authenticator'
import { Browser } from '../support/browser'
import { type Cluster, openCluster, repeat, roundsOf, tally } from '../support/cluster'
import { newHolder } from '../support/holder'
import { asSeen } from '../support/seen'
import { type Person, password, policy, testBaseUrl } from '../support/site'
import { totp } from '../support/totp'

// Signing in is slow: it hashes a password or verifies a signature. Ending sessions in that time ends the new one too.

let cluster: Cluster
let operator: Person
let hash: string
const another = 'staple battery correct'
const rounds = roundsOf(15)
const reason = 'Race.'

beforeAll(async () => {
  cluster = await openCluster()
  hash = await cluster.hashing.hash(password)
})
beforeEach(async () => {
  // Signed in again, because many rounds take longer than a reauthentication is valid.
  operator = await cluster.person('Olga', { operator: true })
})
afterAll(async () => {
  const broken = await cluster.check()
  await cluster.close()
  expect(broken).toEqual([])
})

const holder = () => newHolder(cluster, hash)

/** Runs `work` after this many requests. */
async function after<Result>(requests: number, work: () => Promise<Result>): Promise<Result> {
  for (let made = 0; made < requests; made++) await elsewhere().try(getMe, {})
  return work()
}

const elsewhere = () => new Browser({ url: cluster.urls[1] })

/** A sign-in, and an operation that ends sessions. Both are prepared, and then begin at the same moment. */
interface Pair {
  prepare(browser: Browser): Promise<{
    /** Leaves the browser signed in, or not. */
    enter(browser: Browser): Promise<{ code: string | undefined }>
    end(): Promise<{ code: string | undefined }>
  }>
}

const byPassword = (email: string) => (browser: Browser) => browser.try(signIn, { email, password })

async function withSecondFactor(browser: Browser): Promise<string> {
  const { secret } = await browser.call(startSecondFactor, { password })
  await browser.call(confirmSecondFactor, { code: totp(secret) })
  return secret
}

async function withPasskey(browser: Browser): Promise<Authenticator> {
  const authenticator = new Authenticator(testBaseUrl)
  const { options } = await browser.call(startPasskey, {})
  await browser.call(addPasskey, { name: 'Phone', response: authenticator.create(options) })
  return authenticator
}

const pairs: Record<string, Pair> = {
  'changing the password': {
    prepare: async (browser) => ({
      enter: byPassword(browser.email),
      end: () => browser.try(changePassword, { password: another }),
    }),
  },
  'resetting the password': {
    async prepare(browser) {
      const { link } = await operator.call(makeResetLink, { accountId: browser.id, email: browser.email, reason })
      const token = link.split('#')[1]!
      return {
        enter: byPassword(browser.email),
        end: () => elsewhere().try(resetPassword, { token, password: another }),
      }
    },
  },
  'turning a second factor on': {
    async prepare(browser) {
      const { secret } = await browser.call(startSecondFactor, { password })
      return {
        enter: byPassword(browser.email),
        end: () => browser.try(confirmSecondFactor, { code: totp(secret) }),
      }
    },
  },
  'being disabled': {
    prepare: async (browser) => ({
      enter: byPassword(browser.email),
      end: () => operator.try(disableAccount, { accountId: browser.id, reason }),
    }),
  },
  'deleting the account': {
    prepare: async (browser) => ({
      enter: byPassword(browser.email),
      end: () => browser.try(deleteOwnAccount, {}),
    }),
  },
  'ending all other sessions': {
    prepare: async (browser) => ({
      enter: byPassword(browser.email),
      end: () => browser.try(endOtherSessions, {}),
    }),
  },
  'changing the password while the second factor is asked for': {
    async prepare(browser) {
      const secret = await withSecondFactor(browser)
      const challenged = elsewhere()
      await challenged.call(signIn, { email: browser.email, password })
      return {
        enter: async (at) => {
          for (const [name, value] of challenged.cookies) at.cookies.set(name, value)
          return at.try(giveSecondFactor, { code: totp(secret, 1) })
        },
        end: () => browser.try(changePassword, { password: another }),
      }
    },
  },
  'removing the passkey': {
    async prepare(browser) {
      const authenticator = await withPasskey(browser)
      const [passkey] = (await browser.call(getSignInMethods, {})).passkeys
      return {
        async enter(at) {
          const { options } = await at.call(startPasskeySignIn, {})
          return at.try(signInWithPasskey, { response: authenticator.get(options) })
        },
        end: () => browser.try(removePasskey, { passkeyId: passkey!.id }),
      }
    },
  },
}

for (const [name, { prepare }] of Object.entries(pairs)) {
  test(`signing in against ${name}: ends what was signed in before it (${rounds} rounds)`, async () => {
    const outcomes: string[] = []
    await repeat(rounds, 2, async (round) => {
      const browser = await holder()
      const { enter, end } = await prepare(browser)
      const entering = elsewhere()
      // In each round, one begins a few requests later, so that it hits another moment of the other's slow work.
      const [entered, ended] = await Promise.all([after(round % 3, () => enter(entering)), after((round % 5) * 4, end)])
      expect(ended.code).toBeUndefined()
      const inside = (await entering.try(getMe, {})).status
      outcomes.push(entered.code ?? 'signed in')
      // With a replaced password, or without a required factor, a later sign-in cannot have succeeded.
      if (!(name === 'ending all other sessions' && !entered.code)) expect(inside).toBe(401)
    })
    console.log(`signing in against ${name}, ${rounds} rounds:`, tally(outcomes))
  })
}

test(`adding a passkey against a reset: none is added after the session has ended (${rounds} rounds)`, async () => {
  const outcomes: (string | undefined)[] = []
  await repeat(rounds, 2, async () => {
    const browser = await holder()
    const { link } = await operator.call(makeResetLink, { accountId: browser.id, email: browser.email, reason })
    const { options } = await browser.call(startPasskey, {})
    const response = new Authenticator(testBaseUrl).create(options)
    const [added] = await Promise.all([
      browser.try(addPasskey, { name: 'Phone', response }),
      elsewhere().call(resetPassword, { token: link.split('#')[1]!, password: another }),
    ])
    const kinds = await cluster.db.rows<{ kind: string }>(
      sql`select kind from events where subject_id = ${browser.id} and kind in ('passkey_added', 'password_changed') order by position`,
    )
    outcomes.push(added.code)
    expect(kinds.map(({ kind }) => kind).join()).toBe(
      added.code ? 'password_changed' : 'passkey_added,password_changed',
    )
  })
  console.log(`adding a passkey against a reset, ${rounds} rounds:`, tally(outcomes))
})

test(`a changed password against a reset: the second request is refused with an explanation (${rounds} rounds)`, async () => {
  const outcomes: (string | undefined)[] = []
  await repeat(rounds, 2, async () => {
    const browser = await holder()
    const { link } = await operator.call(makeResetLink, { accountId: browser.id, email: browser.email, reason })
    const chosen = 'another person chose this'
    const [changed, reset] = await Promise.all([
      browser.try(changePassword, { password: chosen }),
      elsewhere().try(resetPassword, { token: link.split('#')[1]!, password: another }),
    ])
    outcomes.push(changed.code)
    // A change ends links, so the second request is refused, or comes after both.
    expect([changed.code, reset.code]).toSatisfy((codes: string[]) =>
      [',', 'not_signed_in,', ',link_not_valid'].includes(codes.join()),
    )
    const signedIn = await elsewhere().try(signIn, { email: browser.email, password: reset.code ? chosen : another })
    expect(signedIn.code).toBeUndefined()
  })
  console.log(`a changed password against a reset, ${rounds} rounds:`, tally(outcomes))
})

test(`taking the second factor off against a reset: it stays where the session has ended (${rounds} rounds)`, async () => {
  const outcomes: (string | undefined)[] = []
  await repeat(rounds, 2, async () => {
    const browser = await holder()
    await withSecondFactor(browser)
    const { link } = await operator.call(makeResetLink, { accountId: browser.id, email: browser.email, reason })
    const [removed] = await Promise.all([
      browser.try(removeSecondFactor, { password }),
      elsewhere().call(resetPassword, { token: link.split('#')[1]!, password: another }),
    ])
    const kinds = await cluster.db.rows<{ kind: string }>(
      sql`select kind from events where subject_id = ${browser.id} and kind in ('second_factor_removed', 'password_changed') order by position`,
    )
    outcomes.push(removed.code)
    expect(kinds.map(({ kind }) => kind).join()).toBe(
      removed.code ? 'password_changed' : 'second_factor_removed,password_changed',
    )
  })
  console.log(`taking the second factor off against a reset, ${rounds} rounds:`, tally(outcomes))
})

/** Operations that end sessions, or replace the secret that a code is about to confirm. */
const turningOn: Record<
  string,
  { expected: string[]; other(browser: Browser): Promise<() => Promise<{ code: string | undefined }>> }
> = {
  'a reset': {
    expected: [',', 'not_signed_in,'],
    other: async (browser) => {
      const { link } = await operator.call(makeResetLink, { accountId: browser.id, email: browser.email, reason })
      return () => elsewhere().try(resetPassword, { token: link.split('#')[1]!, password: another })
    },
  },
  disabling: {
    expected: [',', 'not_signed_in,'],
    other: async (browser) => () => operator.try(disableAccount, { accountId: browser.id, reason }),
  },
  'beginning again': {
    expected: [',not_signed_in', ',second_factor_present', 'changed_meanwhile,', 'wrong_code,'],
    other: async (browser) => () => browser.try(startSecondFactor, { password }),
  },
}

test.each(Object.entries(turningOn))(
  `turning a second factor on against %s: it is on as it was confirmed, or off (${rounds} rounds)`,
  async (name, { expected, other }) => {
    const outcomes: (string | undefined)[] = []
    await repeat(rounds, 2, async (round) => {
      const browser = await holder()
      const { secret } = await browser.call(startSecondFactor, { password })
      const doing = await other(browser)
      const code = totp(secret)
      const [confirmed, done] = await Promise.all([
        after(name === 'disabling' ? 0 : (round % 5) * 4, () => browser.try(confirmSecondFactor, { code })),
        doing(),
      ])
      outcomes.push(confirmed.code)
      expect(expected).toContain([confirmed.code, done.code].join())
      const { on, kept } = await cluster.db.only<{ on: boolean; kept: number }>(sql`
        select two_factor_enabled as on, (select count(*)::int from two_factors where account_id = a.id and verified) as kept
        from accounts a where id = ${browser.id}`)
      expect({ on, kept }).toEqual(confirmed.code ? { on: false, kept: 0 } : { on: true, kept: 1 })
    })
    console.log(`turning a second factor on against ${name}, ${rounds} rounds:`, tally(outcomes))
  },
)

test(`codes at two servers at once: one of the app lets in once, each recovery code once (${rounds} rounds)`, async () => {
  const outcomes: (string | undefined)[] = []
  await repeat(rounds, 2, async () => {
    const browser = await holder()
    const { secret, recoveryCodes } = await browser.call(startSecondFactor, { password })
    await browser.call(confirmSecondFactor, { code: totp(secret) })
    const code = totp(secret, 1)
    const given = [code, code, ...recoveryCodes.slice(0, 2), ...recoveryCodes.slice(0, 2)]
    const challenges: Browser[] = []
    for (const index of given.keys()) {
      const challenged = new Browser({ url: cluster.urls[index % 2]! })
      await challenged.call(signIn, { email: browser.email, password })
      challenges.push(challenged)
    }
    const answers = await Promise.all(given.map((code, index) => challenges[index]!.try(giveSecondFactor, { code })))
    const codes = answers.map((answer) => answer.code ?? 'in')
    const pairs = [codes.slice(0, 2), [codes[2], codes[4]], [codes[3], codes[5]]]
    for (const pair of pairs) expect(pair.filter((one) => one === 'in')).toHaveLength(1)
    expect((await browser.call(getSignInMethods, {})).recoveryCodesLeft).toBe(8)
    outcomes.push(...codes)
  })
  console.log(`codes at two servers at once, ${rounds} rounds:`, tally(outcomes))
})

test(`registering against closing registration: no one registers afterwards (${rounds} rounds)`, async () => {
  const outcomes: (string | undefined)[] = []
  for (let round = 0; round < rounds; round++) {
    await cluster.db.rows(sql`delete from tries`)
    const email = `late.${round}@example.org`
    const form = { email, password, firstName: 'Ana', lastName: 'Cruz', country: 'PH' }
    const [registered] = await Promise.all([
      elsewhere().try(registerAccount, form),
      after((round % 5) * 12, () => asSeen(operator).call(setSitePolicy, { ...policy, registration: 'invitation' })),
    ])
    outcomes.push(registered.code)
    const { closed, came } = await cluster.db.only<{ closed: string; came: string | null }>(sql`
      select (select max(position)::text from events where kind = 'site_policy_changed') as closed,
        (select max(e.position)::text from events e join accounts a on a.id = e.subject_id
          where e.kind = 'account_registered' and a.email = ${email}) as came`)
    if (registered.code) expect([registered.code, came]).toEqual(['registration_closed', null])
    else expect(BigInt(came!)).toBeLessThan(BigInt(closed))
    await asSeen(operator).call(setSitePolicy, policy)
  }
  console.log(`registering against closing registration, ${rounds} rounds:`, tally(outcomes))
})

test(`three who register one address at once: one account, and no error reveals another (${rounds} rounds)`, async () => {
  for (let round = 0; round < rounds; round++) {
    await cluster.db.rows(sql`delete from tries`)
    const email = `same.${round}@example.org`
    const form = { email, password, firstName: 'Ana', lastName: 'Cruz', country: 'PH' }
    const answers = await Promise.all(Array.from({ length: 3 }, () => elsewhere().try(registerAccount, form)))
    expect(tally(answers.map(({ code }) => code))).toEqual({ done: 1, account_exists: 2 })
  }
})
