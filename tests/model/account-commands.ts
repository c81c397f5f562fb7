import fc from 'fast-check'
import { expect } from 'vitest'
import { disableAccount, enableAccount } from '../../src/identity/accounts/schema'
import { signIn } from '../../src/identity/authentication/schema'
import { changeOwnAddress, deleteOwnAccount } from '../../src/membership/me/schema'
import { sql } from '../../src/platform/db/sql'
import { Browser } from '../support/browser'
import { asSeen } from '../support/seen'
import { password } from '../support/site'
import * as model from './accounts'
import type { Model, ModelPerson } from './model'
import { index, pick, type Real, reason, step } from './step'

const always = () => true
const whom = (state: Readonly<Model>, p: number) => p % state.people.length

/** With 75 % probability one of these people, if there are any. */
const mostly = (which: (person: ModelPerson) => boolean) => (state: Readonly<Model>, number: number) => {
  const those = state.people.flatMap((person, p) => (which(person) ? [p] : []))
  return number % 4 !== 0 && those.length > 0 ? pick(those, number) : whom(state, number)
}
const mostlyDisabled = mostly(({ account }) => account === 'disabled')
const mostlySignedOut = mostly(({ account, signedIn }) => account === 'active' && !signedIn)

/** Signs in again, so that later steps have a session if this succeeds. */
async function signsIn(state: Readonly<Model>, real: Real, p: number) {
  const { address } = state.people[p]!
  const browser = new Browser(real.site, real.people[p], `10.${real.history >> 8}.${real.history & 255}.${p + 1}`)
  // Deleted people no longer have an address, so they try their former one.
  const answer = await browser.try(signIn, { email: address || real.people[p]!.email, password })
  if (!answer.code) real.people[p] = browser
  return answer
}

const sessionsOf = async ({ site, people }: Real, p: number) =>
  (
    await site.db.only<{ count: number }>(
      sql`select count(*)::int as count from sessions where account_id = ${people[p]!.id}`,
    )
  ).count

/** Every operation on accounts. Those that leave fewer people to act are rare. */
export const accountCommands = [
  step<[number]>([index], (i) => ({
    name: `disable by operator, person ${i}`,
    possible: always,
    predict: (state) => model.disable(state, whom(state, i)),
    act: (state, real) =>
      real.operator.try(disableAccount, { accountId: pick(real.people, whom(state, i)).id, reason }),
  })),
  ...Array.from({ length: 2 }, () =>
    step<[number]>([index], (i) => ({
      name: `enable by operator, person ${i}`,
      possible: (state) => state.people.some(({ account }) => account === 'disabled'),
      predict: (state) => model.enable(state, mostlyDisabled(state, i)),
      act: (state, real) =>
        asSeen(real.operator).try(enableAccount, { accountId: real.people[mostlyDisabled(state, i)]!.id }),
    })),
  ),
  step<[number]>([fc.integer({ min: 0, max: 2000 })], (i) => ({
    name: `deleteAccount by ${i}`,
    possible: (state) => i % 4 === 0 && state.people.filter(({ account }) => account === 'deleted').length < 2,
    caller: (state) => whom(state, i),
    predict: (state) => model.deleteAccount(state, whom(state, i)),
    act: (state, real) => real.people[whom(state, i)]!.try(deleteOwnAccount, {}),
  })),
  step<[number, number]>([index, index], (i, j) => ({
    name: `changeAddress by ${i} to ${j}`,
    possible: always,
    caller: (state) => whom(state, i),
    predict: (state) => model.changeAddress(state, whom(state, i), wish(state, i, j)),
    act: (state, real) => real.people[whom(state, i)]!.try(changeOwnAddress, { email: wish(state, i, j) }),
  })),
  ...Array.from({ length: 2 }, () =>
    step<[number]>([index], (i) => ({
      name: `signInTwice by ${i}, at the same moment`,
      possible: always,
      predict: (state) => model.signIn(state, mostlySignedOut(state, i)),
      async act(state, real) {
        const p = mostlySignedOut(state, i)
        const before = await sessionsOf(real, p)
        const [answer, other] = await Promise.all([signsIn(state, real, p), signsIn(state, real, p)])
        expect(other!.code).toBe(answer!.code)
        expect((await sessionsOf(real, p)) - before).toBe(answer!.code ? 0 : 2)
        return answer!
      },
    })),
  ),
  step<[number]>([index], (i) => ({
    name: `disableWhileSigningIn by operator, person ${i}`,
    possible: always,
    predict: (state) => model.disableWhileSigningIn(state, whom(state, i)),
    // The invariants verify that no session remains, whether it began or not.
    async act(state, real) {
      const p = whom(state, i)
      const [answer] = await Promise.all([
        real.operator.try(disableAccount, { accountId: real.people[p]!.id, reason }),
        signsIn(state, real, p),
      ])
      return answer
    },
  })),
]

/** Another person’s address, their own, or an unused one. */
function wish(state: Readonly<Model>, person: number, number: number): string {
  const { address } = pick(state.people, number)
  return number % 3 === 0 && address ? address : `moved.${whom(state, person)}.${number}.${state.history}@example.org`
}
