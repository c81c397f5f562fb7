import { type Environment, openEnvironment, type SeededServer } from '../bench/environment'
import { closedLoop, quantile, type Work } from '../bench/loop'
import { openGuildhall } from '../bench/operations/guildhall'
import { type Subject, size } from '../bench/operations/subject'
import { residentMemory } from '../bench/process'

export type Place = Subject & SeededServer

/** Opens a site of 20,000 people on PostgreSQL. */
export async function withPeople<Seen>(use: (place: Place) => Promise<Seen>): Promise<Seen> {
  const environment: Environment = await openEnvironment()
  try {
    const place = await openGuildhall(environment, { ...size, newcomers: 1 })
    const seen = await use(place)
    console.log(`guildhall check: ${await place.check()}`)
    return seen
  } finally {
    await environment.close()
  }
}

/** A different person each time: four of five requests read, one invites. */
export function asPeopleDo(place: Place): () => Work {
  const turns = ['W1', 'W2 first', 'W5', 'W2 last', 'W3'] as const
  let turn = 0
  return () => place.work(turns[turn++ % turns.length]!)
}

export interface Crowd {
  answers: number
  p50: number
  p99: number
  /** The server's peak memory in MiB, in each quarter of the run. */
  memory: number[]
}

/** Closed loop with `people` concurrent clients. A wrong answer aborts the run. */
export async function crowd(place: Place, people: number, seconds: number): Promise<Crowd> {
  const began = Date.now()
  const memory = [0, 0, 0, 0]
  const looking = setInterval(() => {
    const quarter = Math.min(3, Math.floor((4 * (Date.now() - began)) / (seconds * 1000)))
    memory[quarter] = Math.max(memory[quarter]!, residentMemory(place.pid))
  }, 500)
  try {
    const took = await closedLoop(place.url, { connections: people, seconds }, asPeopleDo(place))
    return { answers: took.length, p50: quantile(took, 0.5), p99: quantile(took, 0.99), memory }
  } finally {
    clearInterval(looking)
  }
}
