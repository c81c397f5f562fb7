// Provides JupyterHub, its authenticator and its proxy for the service tests, in a cache of this project. Every package is
// pinned by version and checksum in the folder `jupyterhub`; pin.mjs there writes the Python ones.
import { fail } from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { project } from '../ensure.mjs'
import { downloadPackages, installPackages, output } from './apt.mjs'

const pins = join(project, 'scripts', 'services', 'jupyterhub')
const requirements = join(pins, 'requirements.txt')
/** The wheels are those for this version of Python, which is Debian 12's. */
const version = '3.11'

/** Debian's own copy of pip, for a Python that has none. */
const pip = {
  package: 'python3-pip-whl=23.0.1+dfsg-1',
  sha256: 'cc373690a1cb469fb301b9fe0125048e3102f2e365d1b2d27cab091ec89fccdc',
}

/** The Python that has JupyterHub, and the script of its proxy. */
export function ensureJupyterHub(say = console.log) {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('The tests with JupyterHub run on Linux on x86_64 only.')
  const python = ensurePython(say)
  const files = ['requirements.txt', 'package.json', 'package-lock.json']
  const hash = createHash('sha256').update(python).update(process.version)
  for (const file of files) hash.update(readFileSync(join(pins, file)))
  const root = join(project, 'node_modules', '.cache', 'guildhall', `jupyterhub-${hash.digest('hex').slice(0, 16)}`)
  if (!existsSync(root)) {
    say('Downloading JupyterHub (about 40 MB) …')
    mkdirSync(dirname(root), { recursive: true })
    const work = mkdtempSync(`${root}-`)
    try {
      installHub(python, work)
      installProxy(work)
      // In one step, so that an interrupted run leaves nothing that looks complete. Another run may have been faster.
      if (!existsSync(root)) renameSync(join(work, 'root'), root)
    } finally {
      rmSync(work, { recursive: true, force: true })
    }
  }
  return {
    python: join(root, 'python', 'bin', 'python'),
    proxy: join(root, 'proxy', 'node_modules', 'configurable-http-proxy', 'bin', 'configurable-http-proxy'),
  }
}

function ensurePython(say) {
  const candidates = ['/usr/bin/python3', '/usr/bin/python3.11', 'python3.11', 'python3']
  const code = 'import sys, venv; print("%d.%d" % sys.version_info[:2], sys.executable)'
  const find = () =>
    candidates
      .map((one) => spawnSync(one, ['-c', code], { encoding: 'utf8' }).stdout?.trim().split(' '))
      .find((found) => found?.[0] === version)?.[1]
  const found = find()
  if (found) return found
  installPackages(['python3'], 'The tests with JupyterHub need Python 3.11', say)
  return find() ?? fail('The tests with JupyterHub need Python 3.11: Debian 12 has it as python3.')
}

/** Without `ensurepip`, which Debian has in a package of its own. The scripts of a moved environment do not run: use `-m`. */
function installHub(python, work) {
  const environment = join(work, 'root', 'python')
  output(python, ['-m', 'venv', '--without-pip', environment])
  const fixed = ['--quiet', '--no-deps', '--only-binary', ':all:', '--require-hashes', '--no-cache-dir']
  const args = ['install', ...fixed, '--disable-pip-version-check', '--requirement', requirements]
  output(join(environment, 'bin', 'python'), [...pipOf(python, work), ...args])
}

/** How a Python of the environment runs pip: the machine's, or Debian's copy of it. */
function pipOf(python, work) {
  const find = 'import pip; print(pip.__path__[0])'
  const { status, stdout } = spawnSync(python, ['-c', find], { encoding: 'utf8' })
  if (status === 0) return [stdout.trim()]
  const folder = join(work, 'pip')
  mkdirSync(folder)
  try {
    downloadPackages([pip.package], folder)
  } catch (error) {
    throw new Error(
      `pip could not be downloaded with apt-get: install it (on Debian: apt-get install python3-pip).\n${error.message}`,
    )
  }
  const [file] = readdirSync(folder)
  const found = createHash('sha256')
    .update(readFileSync(join(folder, file)))
    .digest('hex')
  if (found !== pip.sha256) throw new Error(`${file} has the SHA-256 ${found}, but ${pip.sha256} is pinned.`)
  output('dpkg-deb', ['-x', join(folder, file), folder])
  const wheels = join(folder, 'usr', 'share', 'python-wheels')
  return [
    join(
      wheels,
      readdirSync(wheels).find((name) => name.startsWith('pip-')),
      'pip',
    ),
  ]
}

function installProxy(work) {
  const folder = join(work, 'root', 'proxy')
  mkdirSync(folder, { recursive: true })
  for (const file of ['package.json', 'package-lock.json']) copyFileSync(join(pins, file), join(folder, file))
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error', '--ignore-scripts']
  output('npm', ['ci', ...quiet], { cwd: folder })
}
