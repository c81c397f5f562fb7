// The comparison: Better Auth's organization plugin on PostgreSQL, set up as its documentation describes.
import { createServer } from 'node:http'
import { betterAuth } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import { toNodeHandler } from 'better-auth/node'
import { organization } from 'better-auth/plugins'
import pg from 'pg'

const options = {
  database: new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 }),
  baseURL: process.env.BASE_URL!,
  secret: process.env.GUILDHALL_SECRET!,
  telemetry: { enabled: false },
  rateLimit: { enabled: false },
  logger: { disabled: true },
  plugins: [organization({ membershipLimit: 1_000_000, invitationLimit: 1_000_000 })],
}
await (await getMigrations(options)).runMigrations()
const handler = toNodeHandler(betterAuth(options))
createServer((request, response) => {
  if (request.url === '/api/health') response.end('{}')
  else void handler(request, response)
}).listen(Number(process.env.PORT), '127.0.0.1')
