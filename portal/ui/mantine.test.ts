import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const core = 'node_modules/@mantine/core'
const read = (file: string) => readFileSync(file, 'utf8')

/** Files with what they import, and so on; but what is loaded later. */
function withImports(files: string[], known = new Set<string>()): Set<string> {
  for (const file of files.filter((one) => !known.has(one))) {
    known.add(file)
    const imported = [...read(file).matchAll(/(?:^|\n)(?:import|export)(?! type)[^'"]*? from ['"](\..*?)['"]/g)]
    const found = imported.flatMap(([, path]) =>
      ['', '.ts', '.tsx']
        .map((ending) => join(dirname(file), path! + ending))
        .filter((one) => /\.\w+$/.test(one) && existsSync(one)),
    )
    withImports(found, known)
  }
  return known
}

const modulesOfMantine = new Map(
  [...read(`${core}/esm/index.mjs`).matchAll(/^import \{([^}]*)\} from "(\..*\.mjs)"/gm)].flatMap(([, names, file]) =>
    names!.split(',').map((name) => [name.trim(), join(core, 'esm', file!)] as const),
  ),
)

const classesIn = (text: string) => [...text.matchAll(/\bm_[0-9a-f]+\b/g)].map(([name]) => name)

/** Mantine's files of styles that these programs need, in Mantine's order. */
function stylesOf(programs: string[]): string[] {
  const names = programs
    .flatMap((text) => [...text.matchAll(/^import \{([^}]*)\} from ['"]@mantine\/core['"]/gm)])
    .flatMap(([, list]) => list!.split(',').map((name) => name.trim()))
  const used = [...withImports(names.flatMap((name) => modulesOfMantine.get(name) ?? []))]
    .filter((file) => file.endsWith('.module.mjs'))
    .flatMap((file) => classesIn(read(file)))
  const order = classesIn(read(`${core}/styles.css`))
  const classesOf = (name: string) => classesIn(read(`${core}/styles/${name}`))
  const first = (name: string) => Math.min(...classesOf(name).map((one) => order.indexOf(one)))
  return readdirSync(`${core}/styles`)
    .filter((name) => name.endsWith('.css') && !name.endsWith('.layer.css'))
    .filter((name) => classesOf(name).some((one) => used.includes(one)))
    .sort((a, b) => first(a) - first(b))
}

const importedBy = (file: string) => [...read(file).matchAll(/styles\/([A-Z]\w*\.css)/g)].map(([, name]) => name)

const textsIn = (folder: string, ending: RegExp) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name))
    .map((name) => read(join(folder, name)))

test('the styles of what is used of Mantine are there, in Mantine’s order, and no others: first those of the first screen', () => {
  const first = stylesOf([...withImports(['portal/main.tsx'])].filter((file) => /\.tsx?$/.test(file)).map(read))
  const all = stylesOf([
    ...textsIn('portal', /\.tsx?$/),
    ...textsIn('node_modules/@mantine/notifications/esm', /\.mjs$/),
  ])
  expect(first).toContain('PasswordInput.css')
  expect(importedBy('portal/ui/mantine.css')).toEqual(first)
  expect(importedBy('portal/ui/mantine-behind.css')).toEqual(all.filter((name) => !first.includes(name)))
})
