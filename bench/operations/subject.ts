import { createHash } from 'node:crypto'
import type { Server } from '../environment'
import type { Work } from '../loop'
import type { Client } from '../seed'

/** What is measured, as people do it. The names are those of docs/performance.md. */
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

/** What is there: one large organization, and many small ones. Members are numbered from 1, organization after organization. */
export interface Size {
  organizations: number
  members: number
  /** Joined the first organization besides. */
  large: number
  /** Of the first organization. */
  invitations: number
  services: number
  /** Have a session and an invitation, and are in no organization yet. */
  newcomers: number
}

export const size: Omit<Size, 'newcomers'> = {
  organizations: 1000,
  members: 10,
  large: 10_000,
  invitations: 5000,
  services: 4,
}

/** How many there are, to be held against what was acknowledged. */
export interface Count {
  invitations: number
  memberships: number
}

/** The next request of an operation; the reads of W6 are W1, W2 and W5, its writes W3 and W4. */
export type NextWork = (operation: Exclude<Operation, 'W6'>) => Work

/** One way to do the operations, whatever PostgreSQL it stands on. */
export interface Kind<Seeded> {
  /** Fills the database. */
  seed(client: Client, size: Size): Promise<Seeded>
  /** What a server at this address is asked. */
  work(url: string, size: Size, seeded: Seeded): Promise<NextWork>
  count(client: Client): Promise<Count>
}

/** A server on a database of its own, that does the operations in its way. */
export interface Subject extends Server {
  name: string
  work: NextWork
  count(): Promise<Count>
}

export const md5 = (text: string): string => createHash('md5').update(text).digest('hex')

export const upTo = (count: number): number => 1 + Math.floor(Math.random() * count)

/** Throws where an answer is not what the operation is about: an error would else be counted as fast. */
export function mustHave(answer: string, what: string, times: number): void {
  let found = 0
  for (let at = answer.indexOf(what); at >= 0; at = answer.indexOf(what, at + 1)) found++
  if (found !== times) throw new Error(`${times} times ${what} was expected, not ${found}: ${answer.slice(0, 400)}`)
}
