import { createHash } from 'node:crypto'
import type { Server } from '../environment'
import type { Work } from '../loop'
import type { Client } from '../seed'

/** The measured operations. The names are those of docs/performance.md. */
export const operations = {
  W1: 'my organization, my role, its service roles',
  'W2 first': '50 members of 10,000, first page',
  'W2 last': '50 members of 10,000, last page',
  W3: 'create an invitation',
  W4: 'accept an invitation',
  W5: '50 of 5,000 invitations',
  W6: 'mixed, 80 % reads',
} as const
export type Operation = keyof typeof operations

/** The data: one large organization and many small ones. Members are numbered from 1, organization by organization. */
export interface Size {
  organizations: number
  members: number
  /** Additional members of the first organization. */
  large: number
  /** Of the first organization. */
  invitations: number
  services: number
  /** People with a session and an invitation, but without an organization. */
  newcomers: number
}

export const size: Omit<Size, 'newcomers'> = {
  organizations: 1000,
  members: 10,
  large: 10_000,
  invitations: 5000,
  services: 4,
}

/** Row counts, to compare with what was acknowledged. */
export interface Count {
  invitations: number
  memberships: number
}

/** The next request of an operation. W6 reads with W1, W2 and W5, and writes with W3 and W4. */
export type NextWork = (operation: Exclude<Operation, 'W6'>) => Work

/** One implementation of the operations, on any kind of database. */
export interface Kind<Seeded> {
  /** Fills the database. */
  seed(client: Client, size: Size): Promise<Seeded>
  /** The requests to a server at this address. */
  work(url: string, size: Size, seeded: Seeded): Promise<NextWork>
  count(client: Client): Promise<Count>
}

/** A server on a database of its own, with its implementation of the operations. */
export interface Subject extends Server {
  name: string
  work: NextWork
  count(): Promise<Count>
}

export const md5 = (text: string): string => createHash('md5').update(text).digest('hex')

export const upTo = (count: number): number => 1 + Math.floor(Math.random() * count)

/** Throws if an answer lacks the expected content, because an error would otherwise count as a fast answer. */
export function mustHave(answer: string, what: string, times: number): void {
  let found = 0
  for (let at = answer.indexOf(what); at >= 0; at = answer.indexOf(what, at + 1)) found++
  if (found !== times) throw new Error(`${times} times ${what} was expected, not ${found}: ${answer.slice(0, 400)}`)
}
