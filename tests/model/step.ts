import fc from 'fast-check'
import { expect } from 'vitest'
import { sql } from '../../src/platform/db/sql'
import type { PartState } from '../../src/roles/role-requests/schema'
import type { RoleKind } from '../../src/roles/services/schema'
import type { Answered, Person, Site } from '../support/site'
import type { Model, ModelPerson, Outcome } from './model'

/** The running site, with its IDs by the model's indexes. */
export interface Real {
  site: Site
  people: Person[]
  operator: Person
  organizationIds: string[]
  invitations: { id: string; code: string }[]
  /** Distinguishes the names of different command sequences on one site. */
  history: number
  /** The service, and the IDs of its roles by the model's indexes. */
  serviceId: string
  roleIds: string[]
  requestIds: string[]
  /** The count of each outcome. */
  seen: Record<string, number>
}

// biome-ignore lint/suspicious/noExplicitAny: the answers of different endpoints
type Answer = Answered<any>

interface Step {
  name: string
  /** Whether the step has a subject. */
  possible(state: Model): boolean
  /** The caller, unless an operator performs the step. */
  caller?(state: Readonly<Model>): number
  predict(state: Model): Outcome | 'unchanged'
  act(state: Readonly<Model>, real: Real): Promise<Answer>
}

/** Runs a step on both sides. Expects the same outcome, one event or none, and no broken invariant. */
class Played implements fc.AsyncCommand<Model, Real> {
  constructor(private readonly step: Step) {}

  check(state: Readonly<Model>): boolean {
    return this.step.possible(state as Model)
  }

  async run(state: Model, real: Real): Promise<void> {
    const before = await countEvents(real)
    const memberships = await membershipIds(real)
    const answer = await this.step.act(state, Object.assign(real, { memberships }))
    const caller = this.step.caller?.(state)
    const isSignedIn = caller === undefined || state.people[caller]!.signedIn
    const predicted = isSignedIn ? this.step.predict(state) : 'not_signed_in'
    expect([this.toString(), answer.code]).toEqual([this.toString(), predicted === 'unchanged' ? undefined : predicted])
    expect((await countEvents(real)) - before).toBe(predicted === undefined ? 1 : 0)
    const key = `${this.step.name.split(' ')[0]}: ${predicted ?? 'done'}`
    real.seen[key] = (real.seen[key] ?? 0) + 1
    await compare(state, real)
  }

  toString(): string {
    return this.step.name
  }
}

const countEvents = async ({ site }: Real) =>
  (await site.db.only<{ count: number }>(sql`select count(*)::int as count from events`)).count

async function membershipIds({ site, people }: Real): Promise<(string | null)[]> {
  const rows = await site.db.rows<{ account: string; id: string }>(
    sql`select account_id as account, id from memberships where ended_at is null`,
  )
  return people.map((person) => rows.find((row) => row.account === person.id)?.id ?? null)
}

/** Expects the database to match the model, and every invariant to hold. */
async function compare(state: Model, real: Real): Promise<void> {
  const { site, people, organizationIds } = real
  const rows = await site.db.rows<{ account: string; organization: string; admin: boolean }>(sql`
    select account_id as account, organization_id as organization, admin from memberships
    where ended_at is null and account_id = any(${people.map(({ id }) => id)}::uuid[])`)
  const accounts = await site.db.rows<
    Pick<ModelPerson, 'account' | 'signedIn' | 'address' | 'confirmed'> & { id: string }
  >(sql`
    select id, case when deleted_at is not null then 'deleted' when disabled_at is not null then 'disabled' else 'active' end as account,
      exists (select from sessions s where s.account_id = a.id) as "signedIn",
      case when deleted_at is null then email else '' end as address, email_verified as confirmed
    from accounts a where id = any(${people.map(({ id }) => id)}::uuid[])`)
  const actual = people.map((person) => {
    const row = rows.find(({ account }) => account === person.id)
    const { id: _, ...account } = accounts.find(({ id }) => id === person.id)!
    return {
      organization: row ? organizationIds.indexOf(row.organization) : null,
      admin: row?.admin ?? false,
      ...account,
    }
  })
  expect(actual).toEqual(state.people.map(({ removed: _, ...person }) => person))
  const states = await site.db.rows<{ id: string; state: string }>(
    sql`select id, state from organizations where id = any(${organizationIds}::uuid[])`,
  )
  expect(organizationIds.map((id) => states.find((row) => row.id === id)?.state)).toEqual(
    state.organizations.map(({ state }) => state),
  )
  const spent = await site.db.rows<{ id: string; left: number; revoked: boolean }>(sql`
    select id, uses - uses_spent as left, revoked_at is not null as revoked from invitations
    where id = any(${real.invitations.map(({ id }) => id)}::uuid[])`)
  expect(
    real.invitations.map(({ id }) => spent.find((row) => row.id === id)).map((row) => [row?.left, row?.revoked]),
  ).toEqual(state.invitations.map(({ usesLeft, revoked }) => [usesLeft, revoked]))
  await compareRoles(state, real)
  expect(await site.check()).toEqual([])
}

/** Compares the roles that organizations have requested and hold. */
async function compareRoles(state: Model, { site, organizationIds, requestIds, roleIds }: Real): Promise<void> {
  const assignments = await site.db.rows<{ organization: string; kind: RoleKind; role: string }>(sql`
    select organization_id as organization, kind, role_id as role from role_assignments
    where ended_at is null and organization_id = any(${organizationIds}::uuid[])`)
  const held = (organization: string, kind: RoleKind) => {
    const found = assignments.find((one) => one.organization === organization && one.kind === kind)
    return found ? roleIds.indexOf(found.role) : null
  }
  expect(organizationIds.map((id) => ({ access: held(id, 'access'), quota: held(id, 'quota') }))).toEqual(
    state.organizations.map((organization) => organization.held),
  )
  const parts = await site.db.rows<{ request: string; kind: RoleKind; role: string; state: PartState }>(sql`
    select request_id as request, kind, role_id as role, state from role_request_parts
    where request_id = any(${requestIds}::uuid[]) order by kind`)
  const partsOf = (request: string) => parts.filter((part) => part.request === request)
  expect(
    requestIds.map((id) => partsOf(id).map(({ kind, role, state }) => ({ kind, role: roleIds.indexOf(role), state }))),
  ).toEqual(state.requests.map(({ parts }) => parts))
}

export const reason = 'Because of the model.'
export const index = fc.nat(1000)

export const pick = <T>(list: readonly T[], number: number): T => list[number % list.length]!

/** A caller for an organization: with 75 % probability one of its members, if it has any. */
export const actor =
  (number: number, organizationOf: (state: Readonly<Model>) => number) => (state: Readonly<Model>) => {
    const organization = organizationOf(state)
    const members = state.people.flatMap((person, p) => (person.organization === organization ? [p] : []))
    return number % 4 !== 0 && members.length > 0 ? pick(members, number) : number % state.people.length
  }
export const step = <T extends unknown[]>(
  arbitraries: { [K in keyof T]: fc.Arbitrary<T[K]> },
  make: (...values: T) => Step,
) => fc.tuple(...(arbitraries as fc.Arbitrary<unknown>[])).map((values) => new Played(make(...(values as T))))

/** A member of any organization, if there is one. */
export const insiders = (state: Readonly<Model>) =>
  state.people.flatMap((person, number) => (person.organization === null ? [] : [number]))
