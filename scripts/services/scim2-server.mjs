// Provides scim2-server, a SCIM server of PyPI, for the service tests. Its versions and checksums are pinned in
// scim2-server-requirements.txt; pip refuses whatever differs.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { project } from '../ensure.mjs'
import { output } from './apt.mjs'
import { moveOnce, unpackedPackages } from './debian-packages.mjs'
import { pythonIn } from './python.mjs'

const requirements = join(project, 'scripts', 'services', 'scim2-server-requirements.txt')

/** The Python program and the environment with which `-m scim2_server.testserver.cli` starts. */
export function ensureScim2Server(say = console.log) {
  const root = unpackedPackages('python', ['Python 3.11 with pip'], say)
  const pinned = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 16)
  const modules = join(project, 'node_modules', '.cache', 'guildhall', `scim2-server-${pinned}`)
  if (!existsSync(modules)) install(pythonIn(root), modules, say)
  return pythonIn(root, modules)
}

function install({ program, env }, modules, say) {
  say('Downloading scim2-server (about 5 MB) …')
  mkdirSync(dirname(modules), { recursive: true })
  const work = mkdtempSync(`${modules}-`)
  const checked = ['--require-hashes', '--no-deps', '--only-binary', ':all:', '-r', requirements]
  const quiet = ['--quiet', '--disable-pip-version-check', '--no-cache-dir', '--root-user-action', 'ignore']
  try {
    const args = ['-m', 'pip', 'install', ...quiet, ...checked, '--target', join(work, 'modules')]
    output(program, args, { env: { ...process.env, ...env } })
    moveOnce(join(work, 'modules'), modules)
  } catch (error) {
    throw new Error(
      'scim2-server could not be installed with pip. Check the network and the index of pip, and that its versions ' +
        `and checksums are those in scripts/services/scim2-server-requirements.txt.\n${error.message}`,
    )
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}
