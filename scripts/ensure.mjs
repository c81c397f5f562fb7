// Provides what is missing: dependencies, the build, and Debian packages for tests. Does nothing if nothing is missing.
// Uses only Node's own modules, because it runs before anything is installed.
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const project = fileURLToPath(new URL('..', import.meta.url))
const inProject = (...parts) => join(project, ...parts)

function hashOf(paths) {
  const hash = createHash('sha256')
  for (const path of paths) hash.update(path).update(readFileSync(inProject(path)))
  return hash.digest('hex')
}

function filesBelow(path) {
  if (!existsSync(inProject(path))) return []
  if (statSync(inProject(path)).isFile()) return [path]
  return readdirSync(inProject(path))
    .sort()
    .flatMap((name) => filesBelow(join(path, name)))
}

/** Runs `make` unless the stamp already holds the hash of the sources and this version of Node. */
function once(stamp, sources, make) {
  const hash = `${hashOf(sources)} ${process.version}`
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return
  make()
  mkdirSync(join(stamp, '..'), { recursive: true })
  writeFileSync(stamp, hash)
}

function run(command, args, environment = {}) {
  execFileSync(command, args, {
    cwd: project,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...environment },
  })
}

export function ensureNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`Guildhall needs Node 20.19 or later; this is ${process.versions.node}.`)
    process.exit(1)
  }
}

export function ensureDependencies() {
  once(inProject('node_modules', '.guildhall'), ['package.json', 'package-lock.json'], () => {
    console.log('Installing dependencies (about a minute)…')
    // NODE_ENV=production would omit the build's dependencies.
    run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'])
  })
}

export function ensureBuild() {
  const sources = [
    'src',
    'portal',
    'migrations',
    'bin',
    'scripts/build.mjs',
    'scripts/bundle.mjs',
    'scripts/compress.mjs',
    'scripts/declarations.mjs',
    'vite.config.ts',
    'package-lock.json',
  ].flatMap(filesBelow)
  once(
    inProject('dist', '.sources'),
    sources.filter((path) => !path.endsWith('.test.ts')),
    () => {
      console.log('Building (about half a minute)…')
      run(process.execPath, ['scripts/build.mjs'])
    },
  )
}

/** The folder of Debian's PostgreSQL programs; `PG_BIN` overrides it. */
export function postgresPrograms() {
  if (process.env.PG_BIN) return process.env.PG_BIN
  const root = '/usr/lib/postgresql'
  const versions = existsSync(root)
    ? readdirSync(root).filter((version) => existsSync(join(root, version, 'bin', 'initdb')))
    : []
  const newest = versions.sort((a, b) => Number(a) - Number(b)).at(-1)
  return newest && join(root, newest, 'bin')
}

/** The headless browser for tests, which takes a third less time; `CHROMIUM` overrides it. */
export function chromium() {
  return [process.env.CHROMIUM, '/usr/bin/chromium-headless-shell'].find((path) => path && existsSync(path))
}

/** The proxy of the failover test; `HAPROXY` overrides it. */
export function haproxy() {
  return [process.env.HAPROXY, '/usr/sbin/haproxy'].find((path) => path && existsSync(path))
}

/** Provides what tests need besides the build. Returns the environment that they run in. */
export function testEnvironment() {
  ensureNode()
  ensureDependencies()
  ensureDebianPackages()
  return { ...process.env, PG_BIN: postgresPrograms(), CHROMIUM: chromium(), HAPROXY: haproxy() }
}

export function ensureDebianPackages() {
  const missing = [
    ...(postgresPrograms() ? [] : ['postgresql']),
    ...(haproxy() ? [] : ['haproxy']),
    ...(chromium() ? [] : ['chromium-headless-shell', 'fonts-dejavu-core']),
  ]
  if (missing.length === 0) return
  const canInstall = process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0
  if (!canInstall) {
    console.error(
      `The tests need ${missing.join(', ')}: install them (on Debian, as root: apt-get install ${missing.join(' ')}), ` +
        'or set PG_BIN to the folder with initdb, HAPROXY to the program and CHROMIUM to the browser.',
    )
    process.exit(1)
  }
  console.log(`Installing ${missing.join(', ')} …`)
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' }
  const wait = ['-o', 'DPkg::Lock::Timeout=300', '-qq']
  run('apt-get', [...wait, 'update'], quiet)
  run('apt-get', [...wait, 'install', '-y', '--no-install-recommends', ...missing], quiet)
}
