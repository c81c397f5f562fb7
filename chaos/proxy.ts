import { connect, createServer, type Socket } from 'node:net'

/** A TCP proxy that behaves like a bad network. */
export interface Network {
  port: number
  /** Delay of every chunk in each direction, in ms. */
  delay: number
  /** Breaks a random connection. */
  cut(): void
  /** Drops all traffic, without closing connections, until `hear`. */
  silence(): void
  hear(): void
  close(): void
}

export async function openNetwork(port: number): Promise<Network> {
  const sockets = new Set<Socket>()
  let silent = false
  const server = createServer((client) => {
    const target = connect(port, '127.0.0.1')
    for (const [from, to] of [
      [client, target],
      [target, client],
    ] as const) {
      sockets.add(from)
      from.setNoDelay(true)
      from.on('data', (piece) => {
        // The dropped bytes are lost, so the connection is useless afterwards, as when a firewall forgets it.
        if (silent) from.pause()
        else if (proxy.delay > 0) setTimeout(() => to.writable && to.write(piece), proxy.delay)
        else to.write(piece)
      })
      from.on('error', () => {})
      from.on('close', () => {
        sockets.delete(from)
        to.destroy()
      })
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const proxy: Network = {
    port: (server.address() as { port: number }).port,
    delay: 0,
    cut() {
      const all = [...sockets]
      all[Math.floor(Math.random() * all.length)]?.destroy()
    },
    silence() {
      silent = true
    },
    hear() {
      silent = false
      for (const socket of sockets) socket.destroy()
    },
    close() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
  return proxy
}
