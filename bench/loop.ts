import { Agent, type IncomingHttpHeaders, request } from 'node:http'

/** One request and its expected answer. `check` throws if the answer differs. */
export interface Work {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  headers: Record<string, string>
  body?: string
  /** Defaults to 200. */
  status?: number
  check(answer: string): void
}

/**
 * Each connection sends the next request as soon as it has an answer, until `amount` or `seconds` is reached. Returns
 * the latencies in ms. A wrong answer aborts the run, so errors never count as fast answers.
 */
export async function closedLoop(
  url: string,
  { connections, seconds = Infinity, amount = Infinity }: { connections: number; seconds?: number; amount?: number },
  next: () => Work,
): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const took: number[] = []
  const until = performance.now() + seconds * 1000
  let left = amount
  const connection = async () => {
    while (left-- > 0 && performance.now() < until) {
      const work = next()
      const began = performance.now()
      await answerTo(agent, url, work)
      took.push(performance.now() - began)
    }
  }
  await Promise.all(Array.from({ length: connections }, connection))
  agent.destroy()
  return took
}

/**
 * Sends requests at a fixed rate, whether or not earlier ones were answered. Returns the latencies in ms, counted from
 * the moment at which a request was to be sent.
 */
export async function openLoop(
  url: string,
  { perSecond, seconds, connections }: { perSecond: number; seconds: number; connections: number },
  next: () => Work,
): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const took: number[] = []
  const began = performance.now()
  const send = async (due: number) => {
    await answerTo(agent, url, next())
    took.push(performance.now() - due)
  }
  const all: Promise<void>[] = []
  for (let sent = 0; sent < perSecond * seconds; ) {
    for (; sent < perSecond * seconds && began + (sent * 1000) / perSecond <= performance.now(); sent++)
      all.push(send(began + (sent * 1000) / perSecond))
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  await Promise.all(all)
  agent.destroy()
  return took
}

/** Sends one request, and throws if the answer is not the expected one. Returns its body. */
export async function answerTo(agent: Agent, url: string, work: Work): Promise<string> {
  const { status, body } = await ask(agent, url, work)
  if (status !== (work.status ?? 200)) throw new Error(`${work.path} answered ${status}: ${body}`)
  work.check(body)
  return body
}

/** Sends one request; rejects if no answer comes. */
export function ask(
  agent: Agent,
  url: string,
  work: Work,
): Promise<{ status: number; headers: IncomingHttpHeaders; body: string }> {
  const { method = 'GET', path, headers, body = '' } = work
  return new Promise((resolve, reject) => {
    const length = body ? { 'content-length': String(Buffer.byteLength(body)) } : {}
    request(url + path, { method, agent, headers: { ...headers, ...length } }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () => {
        const { statusCode, headers } = response
        resolve({ status: statusCode!, headers, body: Buffer.concat(parts).toString() })
      })
      response.on('error', reject)
    })
      .on('error', reject)
      .end(body)
  })
}

/** The value below which this fraction of the values lies. */
export function quantile(values: number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))]!
}

export const median = (values: number[]): number => quantile(values, 0.5)
