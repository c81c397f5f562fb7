import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { routes } from '../src/app'
import { endpoints } from '../src/contract'
import { mutants } from './mutants/all'
import { collectMessages, writtenMessages } from './support/messages'

// The house rules that a linter cannot say. Every rule lists the places where it does not hold.

interface Import {
  /** The module as written. */
  module: string
  /** The file in this project, where it is one. */
  file: string | undefined
  /** Gone when the types are: `import type`, or a type in an expression. */
  typeOnly: boolean
}

interface Source {
  path: string
  text: string
  imports: Import[]
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

function importsOf(path: string, text: string): Import[] {
  const from = /^(?:import|export)\s+(type\s)?[^'"]*?from\s+['"]([^'"]+)['"]/gm
  const bare = /^import\s+['"]([^'"]+)['"]/gm
  const inline = /(\bawait\s+)?\bimport\(\s*['"]([^'"]+)['"]\s*\)/g
  const found = [
    ...[...text.matchAll(from)].map(([, type, module]) => ({ module: module!, typeOnly: Boolean(type) })),
    ...[...text.matchAll(bare)].map(([, module]) => ({ module: module!, typeOnly: false })),
    ...[...text.matchAll(inline)].map(([, awaited, module]) => ({ module: module!, typeOnly: !awaited })),
  ]
  return found.map((one) => ({ ...one, file: resolve(path, one.module) }))
}

function resolve(from: string, module: string): string | undefined {
  if (!module.startsWith('.')) return undefined
  const path = join(dirname(from), module)
  return ['', '.ts', '.tsx'].map((ending) => path + ending).find((file) => /\.\w+$/.test(file) && existsSync(file))
}

const sources: Source[] = ['src', 'tests', 'portal', 'e2e', 'scripts', 'bench', 'chaos', 'demo']
  .flatMap(filesIn)
  .concat(readdirSync('.').filter((name) => name.endsWith('.ts')))
  .filter((path) => /\.(m?ts|tsx|mjs)$/.test(path) && !path.endsWith('.d.ts'))
  .map((path) => {
    const text = readFileSync(path, 'utf8')
    return { path, text, imports: importsOf(path, text) }
  })
const byPath = new Map(sources.map((source) => [source.path, source]))

const isTest = (path: string) => /\.(test|spec)\.tsx?$/.test(path)
/** What only tests use. */
const isSupport = (path: string) => /^(tests|e2e)\//.test(path)
const isProduct = ({ path }: Source) => !isTest(path) && !isSupport(path)
const inSrc = ({ path }: Source) => path.startsWith('src/')
const named =
  (name: string) =>
  ({ path }: Source) =>
    path.startsWith('src/') && basename(path) === name
const isStore = ({ path }: Source) => /^src\/.*\bstore\.ts$/.test(path)

/** “file imports module” for each import that a rule forbids. */
const importsThat = (files: Source[], forbidden: (one: Import, source: Source) => boolean): string[] =>
  files.flatMap((source) =>
    source.imports.filter((one) => forbidden(one, source)).map((one) => `${source.path} imports ${one.module}`),
  )

/** “file:line text” for each line that a rule forbids. */
const linesThat = (files: Source[], forbidden: RegExp): string[] =>
  files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => (forbidden.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : [])),
  )

/** The rows of a document’s tables, and the tests that they name: `file`: part of a name. */
function rowsOf(document: string) {
  const rows = readFileSync(document, 'utf8').match(/^\| (?!Attack |Endpoint |# |-).*$/gm) ?? []
  return rows.map((row) => ({
    row,
    named: [...row.matchAll(/`([^`]+)`: ([^;|]+)/g)].map(([, file, name]) => [file!, name!.trim()] as const),
  }))
}

test('the rules below look at the files there are', () => {
  expect(sources.filter(inSrc).length).toBeGreaterThan(60)
  expect(byPath.get('src/app.ts')!.imports).toContainEqual({
    module: './membership/invitations/routes',
    file: 'src/membership/invitations/routes.ts',
    typeOnly: false,
  })
  // What is built is there only after building.
  const unresolved = ({ module, file }: Import) => module.startsWith('.') && !module.includes('/dist/') && !file
  expect(importsThat(sources, unresolved)).toEqual([])
})

/** The folders of `src`, wing by wing, in their order: by value, each imports only from those after it. */
const folders = [
  'cli',
  'connections/webhooks',
  'connections/openid-provider',
  'connections/openid-clients',
  'connections/s3-gateways',
  'connections/connected-systems',
  'connections/ledger-rows',
  'connections/delivery-status',
  'connections/s3-keys',
  'connections/connection-settings',
  'connections/change-feed',
  'connections/questions',
  'connections/ledger',
  'connections/kinds',
  'connections/openid-sign-ins',
  'connections/openid-keys',
  'connections/service-keys',
  'connections/holdings',
  'connections/outbound',
  'membership/me',
  'membership/invitations',
  'membership/tokens',
  'membership/member-limits',
  'membership/organization-details',
  'membership/organizations',
  'membership/memberships',
  'roles/role-requests',
  'roles/role-assignments',
  'roles/entitlements',
  'roles/services',
  'identity/passwords',
  'identity/accounts',
  'identity/upstream-provider',
  'identity/passkeys',
  'identity/second-factors',
  'identity/sign-in-methods',
  'identity/authentication',
  'identity/site',
  'messaging/reminders',
  'messaging/mails',
  'messaging/notifications',
  'messaging/events',
  'platform/http',
  'platform/invitation-codes',
  'platform/access',
  'platform/limits',
  'platform/db',
  'platform/input',
  'platform',
  'platform/messages',
]

/** Imports that go up nevertheless, each with its reason. */
const upwards: Record<string, string> = {
  'src/messaging/notifications/event-columns.ts imports ../../roles/services/store':
    'a notification names a role as it was called when the event happened, which only the versions of roles tell',
}

/** The folder of a file: the second level of `src`, with what lies deeper in it. */
const folderOf = (path: string): number => {
  const [, wing, noun, ...deeper] = path.split('/')
  return folders.indexOf(deeper.length > 0 ? `${wing}/${noun}` : wing!)
}

describe('direction', () => {
  test('every file of src lies in a folder of a wing, but the program, its contract and its start', () => {
    const stray = sources.filter(inSrc).filter(({ path }) => folderOf(path) < 0)
    expect(stray.map(({ path }) => path)).toEqual(['src/app.ts', 'src/contract.ts', 'src/main.ts'])
  })

  test(`folders import only from those after them, so they form no cycle, except: ${Object.keys(upwards).join('; ')}`, () => {
    const up = ({ file, typeOnly }: Import, { path }: Source) =>
      !typeOnly && Boolean(file) && folderOf(file!) >= 0 && folderOf(file!) < folderOf(path)
    const wings = sources.filter((source) => inSrc(source) && isProduct(source) && folderOf(source.path) >= 0)
    expect(importsThat(wings, up)).toEqual(Object.keys(upwards))
  })

  test('the portal takes from the server only what browsers may have: declarations, problems, the code’s check, and few pure functions', () => {
    const open =
      /^src\/(([\w-]+\/)+schema|contract|platform\/(errors|problems|countries|access\/(organization-state|scopes)|http\/(client|endpoint|fields)|invitation-codes\/code|messages\/(format-message|intl|locale|t)|input\/(addresses|isolated|names|pasted|texts|web-addresses))|.*\/(sentence|held-by|kinds\/s3\/quota|services\/(file|limit-kinds)))\.ts$/
    const portal = sources.filter(({ path }) => path.startsWith('portal/') && !isTest(path))
    expect(importsThat(portal, ({ file }) => Boolean(file?.startsWith('src/')) && !open.test(file!))).toEqual([])
  })

  test('what screens are made of, in portal/ui, knows no screen', () => {
    const ui = sources.filter(({ path }) => path.startsWith('portal/ui/'))
    const screens = ({ file }: Import) => /^portal\/(?!ui\/).*\//.test(file ?? '')
    expect(importsThat(ui, screens)).toEqual([])
  })

  test('the server takes nothing from the portal', () => {
    expect(importsThat(sources.filter(inSrc), ({ file }) => Boolean(file?.startsWith('portal/')))).toEqual([])
  })

  test('nothing imports routes but app.ts', () => {
    const others = sources.filter(({ path }) => path !== 'src/app.ts')
    expect(importsThat(others, ({ file }) => /(^|\/)routes\.ts$/.test(file ?? ''))).toEqual([])
  })

  test('rules are pure: no database, no store, no HTTP, no Node, no clock', () => {
    const rules = sources.filter(named('rules.ts'))
    expect(rules.length).toBeGreaterThan(0)
    const impure = ({ module, file, typeOnly }: Import) =>
      !typeOnly &&
      (module.startsWith('node:') ||
        /^(fastify|kysely|pg|better-auth|uuid)\b|^@fastify/.test(module) ||
        /^src\/platform\/(db|http)\/|\b(store|routes|server|flow)\.ts$/.test(file ?? ''))
    expect(importsThat(rules, impure)).toEqual([])
    const clock = /\bDate\.now\(|\bnew Date\(\s*\)|\bperformance\.now\(|\bMath\.random\(|\bprocess\./
    expect(linesThat(rules, clock)).toEqual([])
  })

  test('schemas are for browsers too: whatever they import needs neither Node nor a package but zod', () => {
    const reached = new Set<string>()
    const visit = (path: string) => {
      if (reached.has(path)) return
      reached.add(path)
      for (const { file, typeOnly } of byPath.get(path)!.imports) if (file && !typeOnly) visit(file)
    }
    for (const { path } of sources.filter(named('schema.ts'))) visit(path)
    for (const path of [
      'src/platform/errors.ts',
      'src/platform/input/isolated.ts',
      'src/contract.ts',
      'src/platform/http/client.ts',
      'src/platform/invitation-codes/code.ts',
      'src/platform/input/pasted.ts',
      'src/messaging/notifications/sentence.ts',
      'src/roles/entitlements/held-by.ts',
    ])
      visit(path)
    const files = [...reached].map((path) => byPath.get(path)!)
    const foreign = ({ module, file, typeOnly }: Import) =>
      !file && !typeOnly && module !== 'zod' && module !== 'intl-messageformat'
    expect(importsThat(files, foreign)).toEqual([])
    expect(linesThat(files, /\b(process|Buffer|__dirname)\b[.(]/)).toEqual([])
  })

  test('stores know nothing of HTTP or of routes', () => {
    const http = ({ file, module, typeOnly }: Import) =>
      /\broutes\.ts$|^src\/platform\/http\/(server|flow|origin|documentation)\.ts$/.test(file ?? '') ||
      (!typeOnly && /^(fastify|@fastify)/.test(module))
    expect(sources.filter(isStore).length).toBeGreaterThan(4)
    expect(importsThat(sources.filter(isStore), http)).toEqual([])
  })

  test('the product uses nothing that is there for tests', () => {
    const product = sources.filter((source) => inSrc(source) && isProduct(source))
    const forTests = ({ module, file }: Import) =>
      /^(vitest|fast-check|@playwright)/.test(module) || (file !== undefined && (isTest(file) || isSupport(file)))
    expect(importsThat(product, forTests)).toEqual([])
  })

  test('transactions begin and end in the migrations and for the ledger only: every other statement runs on its own', () => {
    const places = ['src/platform/db/migrate.ts', 'src/platform/db/database.ts']
    const others = sources.filter((source) => inSrc(source) && isProduct(source) && !places.includes(source.path))
    // An application and its connection in the ledger are two rows that change together.
    const ofLedger = ['src/connections/ledger/enqueueing.ts', 'src/connections/openid-clients/store.ts']
    expect(
      linesThat(
        others.filter(({ path }) => !ofLedger.includes(path)),
        /\bdb\.transaction\(/,
      ),
    ).toEqual([])
    const words = /['"`]\s*(begin|start transaction|commit|rollback|savepoint|set transaction)\b/i
    expect(linesThat(others, words)).toEqual([])
    expect(linesThat([byPath.get('src/platform/db/migrate.ts')!], words)).not.toEqual([])
  })

  test('events are written in one place, which asks who did it and with which token', () => {
    const recording = byPath.get('src/messaging/events/recording.ts')!
    const others = sources.filter((source) => inSrc(source) && isProduct(source) && source !== recording)
    const words = /\binto\s+events\b/i
    expect(linesThat(others, words)).toEqual([])
    expect(linesThat([recording], words)).toHaveLength(1)
  })
})

describe('endpoints', () => {
  test('each has one handler, and each handler is one’s', () => {
    expect(routes.map(({ endpoint }) => endpoint.id).sort()).toEqual(endpoints.map(({ id }) => id).sort())
    for (const { endpoint } of routes) expect(endpoints).toContain(endpoint)
  })

  test('each has a name and an address of its own', () => {
    const names = endpoints.map(({ id }) => id)
    const addresses = endpoints.map(({ method, path }) => `${method} ${path.replace(/\{\w+\}/g, '{}')}`)
    expect(new Set(names).size).toBe(names.length)
    expect(new Set(addresses).size).toBe(addresses.length)
  })

  test('each is declared under the name that one greps for', () => {
    const declarations = sources
      .filter(named('schema.ts'))
      .map(({ text }) => text)
      .join('\n')
    const missing = endpoints.filter(({ id }) => !new RegExp(`export const ${id} = `).test(declarations))
    expect(missing.map(({ id }) => id)).toEqual([])
  })

  test('none takes fields that it does not declare, but where others decide what comes', () => {
    const lenient = ['getHealth', 'finishProviderSignIn']
    const documentation = endpoints.filter(({ tag }) => tag === 'Documentation').map(({ id }) => id)
    const loose = endpoints.filter(({ input }) => {
      const issues = input.safeParse({ surprise: 1 }).error?.issues ?? []
      return !issues.some((issue) => issue.code === 'unrecognized_keys')
    })
    expect(loose.map(({ id }) => id).sort()).toEqual([...lenient, ...documentation].sort())
    expect(loose.filter((endpoint) => !endpoint.lenient)).toEqual([])
  })
})

describe('exported names', () => {
  const declared =
    /^export (?:declare )?(?:async |abstract )?(?:const|let|function\*?|class|interface|type|enum) (\w+)/gm
  const exported = sources
    .filter((source) => isProduct(source) && /^(src|portal)\//.test(source.path))
    .flatMap(({ path, text }) => [...text.matchAll(declared)].map(([, name]) => ({ name: name!, path })))

  test('stand once in src and portal', () => {
    expect(exported.length).toBeGreaterThan(500)
    const twice = exported.filter(({ name, path }) => exported.some((one) => one.name === name && one.path !== path))
    expect(twice).toEqual([])
  })

  test('are none of the platform’s', () => {
    const platform = /^(Request|Response|Event|File|Notification|Node|Element|Text|Range|Location|Headers|Error)$/
    expect(exported.filter(({ name }) => platform.test(name))).toEqual([])
  })
})

describe('messages', () => {
  const found = collectMessages()

  test('are collected in the catalogue of English: npm run messages', () => {
    expect(found.length).toBeGreaterThan(100)
    expect(readFileSync('messages/en.json', 'utf8')).toBe(writtenMessages(found))
  })

  test('of the server are made for a reader, not when a file is loaded', () => {
    const early = found.filter(({ tooEarly, place }) => tooEarly && place.startsWith('src/'))
    expect(early.map(({ place }) => place)).toEqual([])
  })
})

describe('files', () => {
  test('none has a default export, but settings and the set-ups that Vitest and Playwright take so', () => {
    const takenSo = ['tests/support/global-setup.ts', 'tests/support/services-setup.ts', 'e2e/support/databases.ts']
    const others = sources.filter(({ path }) => !/\.config\.m?ts$/.test(path) && !takenSo.includes(path))
    expect(linesThat(others, /^\s*export\s+default\b|\bas default\b/)).toEqual([])
  })

  test('none is a drawer', () => {
    const drawer = /(^|\/)(utils?|helpers?|common|misc|shared)(\/|\.\w+$)/
    expect(sources.map(({ path }) => path).filter((path) => drawer.test(path))).toEqual([])
  })

  test('none is a barrel', () => {
    expect(sources.map(({ path }) => path).filter((path) => /(^|\/)index\.(m?ts|tsx)$/.test(path))).toEqual([])
    expect(linesThat(sources, /^export\s+(\*|(type\s+)?\{[^}]*\})\s*(as\s+\w+\s+)?from\b/)).toEqual([])
  })

  test('none is longer than 300 lines, but tests', () => {
    const long = sources
      .filter((source) => isProduct(source) && /^(src|portal)\//.test(source.path))
      .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
      .filter(({ lines }) => lines > 300)
    expect(long).toEqual([])
  })
})

describe('tests', () => {
  const tests = sources.filter(({ path }) => isTest(path))

  test('all run, always', () => {
    expect(tests.length).toBeGreaterThan(5)
    const left = /\b(test|it|describe)(\.\w+)*\.(skip|only|todo|fails|fixme|skipIf|runIf)\b/
    expect(linesThat(tests, left)).toEqual([])
  })

  test('wait for what happens, and never sleep', () => {
    const asleep = /\b(setTimeout|setInterval|waitForTimeout|sleep)\s*\(|timers\/promises/
    expect(
      linesThat(
        tests.filter(({ path }) => path !== 'tests/tidy.test.ts'),
        asleep,
      ),
    ).toEqual([])
  })

  test('replace nothing of ours', () => {
    const mocks = /\bvi\.(mock|fn|spyOn|stubGlobal|useFakeTimers|doMock)\b/
    expect(
      linesThat(
        tests.filter(({ path }) => path !== 'tests/tidy.test.ts'),
        mocks,
      ),
    ).toEqual([])
  })

  test('that share a site generate new names for their organizations', () => {
    const sharing = tests.filter(({ text }) =>
      /import \{[^}]*\btest\b(?! as)[^}]*\} from '.\/support\/site'/.test(text),
    )
    expect(sharing.length).toBeGreaterThan(5)
    expect(linesThat(sharing, /site\.organization\(\w+, '/)).toEqual([])
  })

  const abuseCases = rowsOf('docs/abuse-cases.md')
  /** What each endpoint relies on. */
  const answers = rowsOf('docs/concurrency.md')
  const reports = rowsOf('docs/field-reports.md').map((report) => ({ ...report, id: report.row.split('|')[1]!.trim() }))
  const ids = (letter: string, count: number) => Array.from({ length: count }, (_, index) => `${letter}${index + 1}`)
  /** Reports that no row answers yet. */
  const open: string[] = []
  /** Of looks and wording: a test was red before, and there is no mutant. */
  const ofLooks = ['P7', 'P8', 'P9', 'P15', 'P16', 'P17', 'P18', 'R22', 'R25']

  test('are there for every abuse case and every report from the field', () => {
    expect(abuseCases.length).toBeGreaterThan(30)
    const missing = [...abuseCases, ...answers, ...reports].filter(
      ({ named }) =>
        named.length === 0 ||
        named.some(([file, name]) => !existsSync(file) || !readFileSync(file, 'utf8').includes(name)),
    )
    expect(missing.map(({ row }) => row)).toEqual([])
  })

  test('say what every endpoint that changes something rests on', () => {
    const answered = answers.map(({ row }) => row.split('`')[1]!)
    const changing = endpoints.filter(({ method }) => method !== 'GET').map(({ id }) => id)
    expect(changing.filter((id) => !answered.includes(id))).toEqual([])
    expect(answered.filter((id) => !endpoints.some((endpoint) => endpoint.id === id))).toEqual([])
  })

  test('answer every report from the field once, but those that are open', () => {
    // P1 was R13 once more.
    const all = [...ids('S', 17), ...ids('R', 30), ...ids('P', 18).filter((id) => id !== 'P1')]
    expect([...reports.map(({ id }) => id), ...open].sort()).toEqual(all.sort())
  })

  test('of every abuse case and every report go red on a mutant, but those of looks', () => {
    const covering = Object.values(mutants).map(({ test }) => test)
    const notices = ([file, name]: readonly [string, string]) =>
      covering.some((test) => test[0] === file && (name.includes(test[1]) || test[1].includes(name)))
    const unproven = [...abuseCases, ...reports.filter(({ id }) => !ofLooks.includes(id))].filter(
      ({ named }) => !named.some(notices),
    )
    expect(unproven.map(({ row }) => row)).toEqual([])
  })

  test('can be tried on every mutant: what it changes is still there', () => {
    const stale = Object.entries(mutants).flatMap(
      ([
        name,
        {
          edits,
          test: [file],
        },
      ]) => [
        ...edits
          .filter(([path, from]) => !existsSync(path) || !readFileSync(path, 'utf8').includes(from))
          .map(([path]) => `${name}: ${path}`),
        ...(existsSync(file) ? [] : [`${name}: ${file}`]),
      ],
    )
    expect(stale).toEqual([])
  })

  test('can be tried on every mutant: no later migration has that function again', () => {
    const migrations = readdirSync('migrations').filter((file) => /^\d{4}_.*\.sql$/.test(file))
    const functionsIn = (file: string) => [
      ...readFileSync(`migrations/${file}`, 'utf8').matchAll(/create (?:or replace )?function (\w+)\(.*?\$\$.*?\$\$/gs),
    ]
    const replaced = Object.entries(mutants).flatMap(([name, { edits }]) =>
      edits
        .filter(([path]) => path.startsWith('migrations/'))
        .flatMap(([path, from]) => {
          const file = path.slice('migrations/'.length)
          const edited = functionsIn(file).filter(([text]) => text.includes(from))
          const later = migrations.filter((other) => other > file).flatMap(functionsIn)
          const again = edited.filter((one) => later.some((other) => other[1] === one[1]))
          return again.map((one) => `${name}: ${file} ${one[1]}`)
        }),
    )
    expect(replaced).toEqual([])
  })
})
