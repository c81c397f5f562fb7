import { createInvitation, listInvitations } from '../src/membership/invitations/schema'
import type { ChaosSite } from './site'

/** The part of a site that writers need. */
export type WritableSite = Pick<ChaosSite, 'admin' | 'organizationId'>

/** One writer's record of an answer, independent of the server and its database. */
export interface Answer {
  /** When the writer sent the request, and how long it waited, in ms. */
  asked: number
  took: number
  /** 0 if no answer came. */
  status: number
  /** Of the invitation that the server reported as created. */
  id: string | undefined
}

/** Pause of a writer after a refusal, in ms: real clients do not retry immediately either. */
const rest = 20

/** Writes concurrently until `ended`. Writers continue after a refusal or a broken connection. */
export async function writeUntil(
  site: WritableSite,
  writers: number,
  ended: () => boolean,
  answers: Answer[] = [],
): Promise<Answer[]> {
  const writer = async () => {
    while (!ended()) {
      const answer = await write(site)
      answers.push(answer)
      if (answer.status !== 201) await wait(rest)
    }
  }
  await Promise.all(Array.from({ length: writers }, writer))
  return answers
}

export async function write(site: WritableSite): Promise<Answer> {
  const asked = Date.now()
  const answer = await site
    .admin()
    .try(createInvitation, { organizationId: site.organizationId })
    .catch(() => ({ status: 0, body: { id: undefined } }))
  return { asked, took: Date.now() - asked, status: answer.status, id: answer.body?.id }
}

export const wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

/** Writes while `happen` runs, which can inspect the answers so far. */
export async function writeDuring(
  site: WritableSite,
  writers: number,
  happen: (answers: Answer[]) => Promise<void>,
): Promise<Answer[]> {
  let over = false
  const answers: Answer[] = []
  const written = writeUntil(site, writers, () => over, answers)
  try {
    await happen(answers)
  } finally {
    over = true
  }
  return written
}

export const acknowledged = (answers: Answer[]): string[] =>
  answers.flatMap(({ status, id }) => (status === 201 ? [id!] : []))

/** Counts answers by status, like “201: 300, 503: 20”. */
export function tally(answers: Answer[]): string {
  const counts = new Map<number, number>()
  for (const { status } of answers) counts.set(status, (counts.get(status) ?? 0) + 1)
  return [...counts]
    .sort(([one], [other]) => one - other)
    .map(([status, count]) => `${status || 'no answer'}: ${count}`)
    .join(', ')
}

/** Acknowledged writes that the server does not list. It lists the newest first, so reads pages until all are found. */
export async function missing(site: WritableSite, answers: Answer[]): Promise<string[]> {
  const left = new Set(acknowledged(answers))
  const admin = site.admin()
  const { organizationId } = site
  let cursor: string | undefined
  do {
    const page = await admin.call(listInvitations, { organizationId, limit: 100, cursor })
    for (const { id } of page.items) left.delete(id)
    cursor = page.next ?? undefined
  } while (cursor && left.size > 0)
  return [...left]
}
