import { Agent, get } from 'node:http'

export interface Request {
  path: string
  cookie: string
}

/** Asks again as soon as it is answered, from so many connections, for so long; how long each answer took, in ms. */
export async function closedLoop(
  url: string,
  { connections, seconds }: { connections: number; seconds: number },
  next: () => Request,
  check: (body: string) => void,
): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const took: number[] = []
  const until = performance.now() + seconds * 1000
  const connection = async () => {
    while (performance.now() < until) {
      const request = next()
      const began = performance.now()
      const { status, body } = await ask(agent, url, request)
      took.push(performance.now() - began)
      if (status !== 200) throw new Error(`${request.path} answered ${status}: ${body}`)
      check(body)
    }
  }
  await Promise.all(Array.from({ length: connections }, connection))
  agent.destroy()
  return took
}

function ask(agent: Agent, url: string, { path, cookie }: Request): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    get(url + path, { agent, headers: { cookie } }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () => resolve({ status: response.statusCode!, body: Buffer.concat(parts).toString() }))
      response.on('error', reject)
    }).on('error', reject)
  })
}

/** The value below which so large a part of the values lies. */
export function quantile(values: number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))]!
}

export const median = (values: number[]): number => quantile(values, 0.5)
