// Pins JupyterHub and all that it needs to the newest versions, in requirements.txt. Run it on Debian 12 on x86_64, with
// python3-pip: node scripts/services/jupyterhub/pin.mjs. A Python later than Debian's 3.11.2 would choose packages that this one
// refuses. The proxy is pinned with `npm install --omit-lockfile-registry-resolved --package-lock-only` here.
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { output } from '../apt.mjs'

const wanted = ['jupyterhub', 'oauthenticator', 'jupyterlab', 'ipykernel']
const file = join(dirname(fileURLToPath(import.meta.url)), 'requirements.txt')
const folder = mkdtempSync(join(tmpdir(), 'guildhall-wheels-'))
try {
  output('/usr/bin/python3', [
    '-m',
    'pip',
    'download',
    '--quiet',
    '--only-binary',
    ':all:',
    '--dest',
    folder,
    ...wanted,
  ])
  const pins = readdirSync(folder).map((wheel) => {
    const [name, version] = wheel.split('-')
    const sha256 = createHash('sha256')
      .update(readFileSync(join(folder, wheel)))
      .digest('hex')
    return `${name.toLowerCase().replaceAll('_', '-')}==${version} \\\n    --hash=sha256:${sha256}\n`
  })
  const first = '# Every package of JupyterHub for the service tests: node scripts/services/jupyterhub/pin.mjs.\n'
  writeFileSync(file, first + pins.sort().join(''))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
