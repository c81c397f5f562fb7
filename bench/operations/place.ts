import { createHash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { basename } from 'node:path'
import { build } from 'esbuild'
import pg from 'pg'
import { type PostgresServer, statement } from '../../src/testing/postgres'
import { startServer } from '../../src/testing/server'

/** Where subjects stand: one PostgreSQL for all, and what they have built. */
export interface Place {
  postgres: PostgresServer
  /** Ends all that was begun here, in the opposite order. */
  closing: (() => Promise<void>)[]
}

export const md5 = (text: string): string => createHash('md5').update(text).digest('hex')

export async function openDatabase({ postgres, closing }: Place, name: string) {
  await statement(postgres.url('postgres'), `create database ${name}`)
  await statement(postgres.url(name), 'create extension pg_stat_statements')
  const url = postgres.url(name)
  const client = new pg.Client(url)
  await client.connect()
  closing.push(() => client.end())
  return { client, url }
}

/** Bundles a program into dist, because it looks for the migrations beside that, and starts it. */
export async function startBundled(
  { closing }: Place,
  entry: string,
  program: string[],
  settings: Record<string, string>,
) {
  const outfile = `dist/bench-${basename(entry, '.ts')}-${process.pid}.js`
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
  })
  const server = await startServer([outfile, ...program], settings)
  closing.push(async () => {
    await server.stop()
    rmSync(outfile, { force: true })
  })
  return server
}
