import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Message {
  id: string
  headers: Record<string, string>
  text: string
  body: { type: string; data: { accountId?: string; epoch?: number; version?: number; held?: object | null } }
}

/** A service that receives webhooks, at an address that the tests allow. */
export interface Receiver {
  url: string
  /** All messages so far, also those that it refused. */
  messages: Message[]
  /** How it answers from now on; by default with 204. */
  answer: (response: ServerResponse, message: Message) => unknown
  close(): Promise<void>
}

/** Internal, but allowed: no test may send anything to a public address. */
export const receiverAddress = '127.0.0.2'

export async function openReceiver(): Promise<Receiver> {
  const accept = (response: ServerResponse) => response.writeHead(204).end()
  const server = createServer(async (request, response) => {
    const message = await read(request)
    receiver.messages.push(message)
    receiver.answer(response, message)
  }).listen(0, receiverAddress)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const receiver: Receiver = {
    url: `http://${receiverAddress}:${port}/hook`,
    messages: [],
    answer: accept,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return receiver
}

async function read(request: IncomingMessage): Promise<Message> {
  let text = ''
  for await (const part of request) text += part
  const headers = request.headers as Record<string, string>
  return { id: headers['webhook-id']!, headers, text, body: JSON.parse(text) }
}
