// Provides Keycloak for the service tests: its distribution from Maven Central, fetched by Maven, checked, unpacked and built
// in a cache of this project. Java and Maven come from Debian where the machine has none.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { project } from '../ensure.mjs'
import { installPackages, output } from './apt.mjs'

const version = '26.7.3'
const sha256 = '27a6535553c3cdcd083872ba40629efafb3475e3b758e0c6f691395561dd0f1f'
const plugin = 'org.apache.maven.plugins:maven-dependency-plugin:2.8'
const artifact = `org.keycloak:keycloak-quarkus-dist:${version}:zip`

/** The administrator in the database that every start begins with; only to be reached on loopback, in tests. */
export const keycloakAdmin = { user: 'admin', password: 'a password for tests' }

/** The program `java`, and the unpacked and built Keycloak. */
export function ensureKeycloak(say = console.log) {
  const java = ensureJava(say)
  const hash = createHash('sha256')
    .update(`${sha256} ${keycloakArguments('', '', []).join(' ')}`)
    .digest('hex')
  const root = join(project, 'node_modules', '.cache', 'guildhall', `keycloak-${hash.slice(0, 16)}`)
  if (!existsSync(root)) {
    ensureMaven(say)
    say('Downloading Keycloak (180 MB) …')
    mkdirSync(dirname(root), { recursive: true })
    const work = mkdtempSync(`${root}-`)
    try {
      download(work)
      say('Building it and preparing its database (about a minute) …')
      build(java, join(work, 'root'))
      // In one step, so that an interrupted run leaves nothing that looks complete. Another run may have been faster.
      if (!existsSync(root)) renameSync(join(work, 'root'), root)
    } finally {
      rmSync(work, { recursive: true, force: true })
    }
  }
  return { java, root }
}

function ensureJava(say) {
  const candidates = [process.env.JAVA_HOME && join(process.env.JAVA_HOME, 'bin', 'java'), 'java']
  const find = () =>
    candidates.find((one) => {
      const said = one && spawnSync(one, ['-version'], { encoding: 'utf8' }).stderr
      return Number(/version "(\d+)/.exec(said ?? '')?.[1]) >= 17
    })
  const found = find()
  if (found) return found
  installPackages(['openjdk-17-jre-headless'], 'The tests with Keycloak need Java 17 or later', say)
  const installed = find()
  if (!installed) throw new Error('The tests with Keycloak need Java 17 or later as `java`, or in JAVA_HOME.')
  return installed
}

function ensureMaven(say) {
  if (spawnSync('mvn', ['--version']).status === 0) return
  installPackages(['maven'], 'The tests with Keycloak need Maven to download it', say)
}

/** With a repository of its own, which is removed again: it must not come from, or stay in, the home of the user. */
function download(work) {
  const repository = join(work, 'repository')
  const fixed = ['-B', '-q', `-Dmaven.repo.local=${repository}`, `-Dartifact=${artifact}`]
  // In this folder, because it leaves a marker where it runs.
  const maven = (goal, ...args) => output('mvn', [...fixed, ...args, `${plugin}:${goal}`], { cwd: work })
  maven('get', '-Dtransitive=false')
  const name = 'keycloak-quarkus-dist'
  const found = sha256Of(join(repository, 'org', 'keycloak', name, version, `${name}-${version}.zip`))
  if (found !== sha256)
    throw new Error(
      `Keycloak was downloaded with the SHA-256 ${found}, but ${sha256} is pinned. Nothing of it was run.`,
    )
  maven('unpack', `-DoutputDirectory=${join(work, 'unpacked')}`)
  renameSync(join(work, 'unpacked', `keycloak-${version}`), join(work, 'root'))
}

function sha256Of(path) {
  const [hash, file, buffer] = [createHash('sha256'), openSync(path, 'r'), Buffer.alloc(1 << 20)]
  try {
    for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer))
      hash.update(buffer.subarray(0, read))
  } finally {
    closeSync(file)
  }
  return hash.digest('hex')
}

/** What is the same for every start is done once: optimizing it, and making the tables and the administrator. */
function build(java, root) {
  const env = { ...process.env, PASSWORD: keycloakAdmin.password }
  const run = (...command) => output(java, keycloakArguments(root, root, command), { env, cwd: root })
  run('build', '--db=dev-file')
  const admin = ['--username', keycloakAdmin.user, '--password:env', 'PASSWORD']
  run('bootstrap-admin', 'user', '--optimized', '--no-prompt', ...admin)
}

const shared = ['lib', 'conf', 'providers', 'themes', 'version.txt']

/** Makes a home for one server in an empty folder: the program is shared, the database is its own. */
export function keycloakHome(root, folder) {
  for (const name of shared) symlinkSync(join(root, name), join(folder, name))
  cpSync(join(root, 'data', 'h2'), join(folder, 'data', 'h2'), { recursive: true })
}

/** What kc.sh runs, which itself would leave Java running when it is ended. Less memory, and quicker to start. */
export const keycloakArguments = (root, home, command) => [
  ...['-Xms64m', '-Xmx512m', '-XX:MaxMetaspaceSize=256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'],
  ...['java.util', 'java.util.concurrent', 'java.security', 'java.lang'].map(
    (name) => `--add-opens=java.base/${name}=ALL-UNNAMED`,
  ),
  '--enable-native-access=ALL-UNNAMED',
  ...['-Dfile.encoding=UTF-8', '-Duser.language=en', '-XX:+ExitOnOutOfMemoryError'],
  `-Dkc.home.dir=${home}`,
  `-Djboss.server.config.dir=${join(home, 'conf')}`,
  '-Djava.util.logging.manager=org.jboss.logmanager.LogManager',
  '-Djava.util.concurrent.ForkJoinPool.common.threadFactory=io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory',
  ...['-Dpicocli.disable.closures=true', '-cp', join(root, 'lib', 'quarkus-run.jar')],
  ...['io.quarkus.bootstrap.runner.QuarkusEntryPoint', ...command],
]
