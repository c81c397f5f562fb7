import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const core = 'node_modules/@mantine/core'
const textsIn = (folder: string, ending: RegExp) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name))
    .map((name) => readFileSync(join(folder, name), 'utf8'))

/** The files of Mantine that these programs import what they use from. */
function filesUsedBy(programs: string[]): string[] {
  const names = programs
    .flatMap((text) => [...text.matchAll(/^import \{([^}]*)\} from ['"]@mantine\/core['"]/gm)])
    .flatMap(([, list]) => list!.split(',').map((name) => name.trim()))
  const exports = [
    ...readFileSync(`${core}/esm/index.mjs`, 'utf8').matchAll(/^import \{([^}]*)\} from "(\..*\.mjs)"/gm),
  ].flatMap(([, list, file]) => list!.split(',').map((name) => [name.trim(), join(core, 'esm', file!)] as const))
  return exports.filter(([name]) => names.includes(name)).map(([, file]) => file)
}

/** The same with what those import, and so on. */
function withImports(files: string[], known = new Set<string>()): Set<string> {
  for (const file of files.filter((one) => !known.has(one))) {
    known.add(file)
    const imported = readFileSync(file, 'utf8').matchAll(/from "(\..*\.mjs)"/g)
    withImports(
      [...imported].map(([, path]) => join(dirname(file), path!)),
      known,
    )
  }
  return known
}

const classesIn = (text: string) => [...text.matchAll(/\bm_[0-9a-f]+\b/g)].map(([name]) => name)

test('the styles of every component of Mantine that is used are there, in Mantine’s order, and no others', () => {
  const programs = [...textsIn('portal', /\.tsx?$/), ...textsIn('node_modules/@mantine/notifications/esm', /\.mjs$/)]
  const used = [...withImports(filesUsedBy(programs))]
    .filter((file) => file.endsWith('.module.mjs'))
    .flatMap((file) => classesIn(readFileSync(file, 'utf8')))
  const order = classesIn(readFileSync(`${core}/styles.css`, 'utf8'))
  const first = (name: string) =>
    Math.min(...classesIn(readFileSync(`${core}/styles/${name}`, 'utf8')).map((one) => order.indexOf(one)))
  const needed = readdirSync(`${core}/styles`)
    .filter((name) => name.endsWith('.css') && !name.endsWith('.layer.css'))
    .filter((name) => classesIn(readFileSync(`${core}/styles/${name}`, 'utf8')).some((one) => used.includes(one)))
    .sort((a, b) => first(a) - first(b))
  const imported = [...readFileSync('portal/ui/mantine.css', 'utf8').matchAll(/styles\/([A-Z]\w*\.css)/g)]
  expect(imported.map(([, name]) => name)).toEqual(needed)
})
