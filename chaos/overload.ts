import { Agent } from 'node:http'
import { ask, closedLoop, quantile, type Work } from '../bench/loop'
import { problemIn } from '../src/platform/http/client'
import { asPeopleDo, type Place } from './people'
import { wait } from './writing'

export interface Overload {
  /** Correct answers per second to 32 clients in a closed loop. */
  capacity: number
  /** Requests sent per second, regardless of earlier answers. */
  came: number
  done: number
  /** 503 `overloaded` with Retry-After. */
  shed: number
  /** Other answers by status and problem code, or by error where no answer came. */
  others: Map<string, number>
  /** Latency of successful and of shed requests, in ms. */
  p99: { done: number; shed: number }
  /** Time after the overload until a request is answered as fast as before, in ms. */
  recovered: number
}

const measured = 5

/** Open loop: sends `times` as many requests as the server can answer, without waiting for earlier answers. */
export async function overload(place: Place, times: number, seconds: number): Promise<Overload> {
  const next = asPeopleDo(place)
  const before = await closedLoop(place.url, { connections: 32, seconds: measured }, next)
  const capacity = before.length / measured
  const took = { done: [] as number[], shed: [] as number[] }
  const others = new Map<string, number>()
  const agent = new Agent({ keepAlive: true, maxSockets: 4000 })
  const pending = new Set<Promise<void>>()
  const one = async (work: Work) => {
    const began = performance.now()
    const what = await outcome(agent, place.url, work)
    if (what === 'done' || what === 'shed') took[what].push(performance.now() - began)
    else others.set(what, (others.get(what) ?? 0) + 1)
  }
  const began = performance.now()
  let came = 0
  while (performance.now() - began < seconds * 1000) {
    const due = ((performance.now() - began) / 1000) * capacity * times
    // Beyond this many, the client itself would be overloaded.
    for (; came < due && pending.size < 4000; came++) {
      const asked: Promise<void> = one(next()).finally(() => pending.delete(asked))
      pending.add(asked)
    }
    await wait(5)
  }
  const passed = (performance.now() - began) / 1000
  const over = performance.now()
  const calm = quantile(before, 0.99)
  for (;;) {
    const asked = performance.now()
    if ((await outcome(agent, place.url, next())) === 'done' && performance.now() - asked <= calm) break
  }
  const recovered = performance.now() - over
  await Promise.all(pending)
  agent.destroy()
  const p99 = { done: quantile(took.done, 0.99), shed: took.shed.length > 0 ? quantile(took.shed, 0.99) : 0 }
  return { capacity, came: came / passed, done: took.done.length, shed: took.shed.length, others, p99, recovered }
}

/** `done`, `shed` (503 with Retry-After), or the status and problem code, or the error, that came instead. */
async function outcome(agent: Agent, url: string, work: Work): Promise<string> {
  try {
    const { status, headers, body } = await ask(agent, url, work)
    if (status === (work.status ?? 200)) return 'done'
    const code = problemIn(JSON.parse(body))?.code
    return code === 'overloaded' && headers['retry-after'] ? 'shed' : `${status} ${code}`
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error)
  }
}
