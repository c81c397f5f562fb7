import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Allowance, limitsInDatabase, mailPolicies, type Policy, policies } from '../src/platform/limits/policies'
import { mutants } from './mutants/all'

// Checks that a spell checker cannot make: words, links and references in documents, and words in the titles of tests.

interface Document {
  path: string
  text: string
}

const isMarkdown = (name: string) => name.endsWith('.md')

const documents: Document[] = [
  ...readdirSync('.').filter(isMarkdown),
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter(isMarkdown)
    .map((name) => join('docs', name)),
].map((path) => ({ path, text: readFileSync(path, 'utf8') }))

/** What the author of a document wrote: without code, the names of tests, and the sentences that come from `problems.ts`. */
const proseOf = ({ path, text }: Document): string =>
  text
    .split('\n')
    .map((line) => (path === 'docs/errors.md' && line.startsWith('| <a') ? line.split('|').at(-2)! : line))
    .join('\n')
    .replace(/`[^`\n]+\.tsx?`: [^;|\n]+/g, '')
    .replace(/```.*?```/gs, '')
    .replace(/`[^`\n]+`/g, '')
    .replace(/\]\([^)]*\)/g, ']')

/** “file: …text around it…” for each place where the prose matches. */
const placesOf = (pattern: RegExp): string[] =>
  documents.flatMap((document) => {
    const prose = proseOf(document)
    return [...prose.matchAll(pattern)].map(
      ({ index }) => `${document.path}: ${prose.slice(Math.max(0, index - 30), index + 40).replace(/\n/g, ' ')}`,
    )
  })

describe('words', () => {
  test('people are “they”', () => {
    expect(placesOf(/\b(he|him|his|himself|she|her|hers|herself)\b/gi)).toEqual([])
  })

  test('terms are the field’s, not our own', () => {
    const homeMade = [
      /gather(ing|ed)?s?/,
      /planted|plants? bugs/,
      /random (history|histories)/,
      /the floor|times the floor/,
      /happenings?/,
      /knock(s|ed)?/,
      /befall/,
      /handed in/,
      /take turns|taking turns/,
      /resealed|reseal/,
      /on (its|their) way/,
      /whom it concerns/,
      /unasked/,
      /come again/,
      /look(s|ed)? (it|them|everything) up/,
    ]
    for (const term of homeMade) expect(placesOf(new RegExp(`\\b(?:${term.source})\\b`, 'gi'))).toEqual([])
  })

  test('the words that this project overused are rare', () => {
    const overused = /\b(nobody|somebody|whoever|everybody|meanwhile|by itself|by themselves|anew)\b/gi
    const tooMany = documents
      .map((document) => {
        const prose = proseOf(document)
        const allowed = Math.max(1, Math.round(prose.split(/\s+/).length / 2000))
        return { path: document.path, found: prose.match(overused) ?? [], allowed }
      })
      .filter(({ found, allowed }) => found.length > allowed)
    expect(tooMany).toEqual([])
  })
})

describe('titles of tests', () => {
  const files = ['src', 'portal', 'e2e', 'tests', 'chaos', 'bench']
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)))
    .filter((path) => /\.(test|spec)\.tsx?$/.test(path))
  /** A string before a function is a title, as is the first string of a row of `test.each`. */
  const title = /(['`])((?:(?!\1)[^\n])+)\1,\s*(?:async\s*)?(?:\(|\w+ =>)|\[\s*'([^'\n]+ [^'\n]+)',/g
  const titles = files.flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(title)].map(([, , plain, row]) => `${path}: ${plain ?? row}`),
  )
  const refused =
    /\b(he|him|his|himself|she|her|hers|herself|oneself|nobody|somebody|anybody|everybody|whoever|meanwhile|anew|by itself|by themselves|the own|(is|are|was|were) told)\b/i

  test('call people “they”, and use none of the overused words', () => {
    expect(titles.length).toBeGreaterThan(1000)
    expect(titles.filter((one) => refused.test(one))).toEqual([])
  })

  test('and the names of mutants, and the titles that they quote, do the same', () => {
    const named = Object.entries(mutants).flatMap(([name, { test: quoted }]) => [name, quoted[1]])
    expect(named.filter((one) => refused.test(one))).toEqual([])
  })
})

describe('references', () => {
  /** Folders that paths in the documents start with; those of `src` may be written without it. */
  const start =
    /^(src|tests|portal|e2e|bench|chaos|scripts|bin|migrations|docs|examples|cli|membership|roles|identity|messaging|platform)\//

  test('every file that a document names exists', () => {
    const missing = documents.flatMap(({ path, text }) =>
      [...text.matchAll(/`([\w./-]+\/[\w./-]*)`/g)]
        .map(([, file]) => file!)
        .filter((file) => start.test(file) && !existsSync(file) && !existsSync(join('src', file)))
        .map((file) => `${path}: ${file}`),
    )
    expect(missing).toEqual([])
  })

  test('every name that a document places in a file is there', () => {
    const pairs = documents.flatMap(({ path, text }) =>
      [...text.matchAll(/`(\w+)` in `([\w./-]+\.tsx?)`/g)].map(([, name, file]) => ({
        path,
        name: name!,
        file: file!,
      })),
    )
    expect(pairs.length).toBeGreaterThan(3)
    const missing = pairs.filter(({ name, file }) => !existsSync(file) || !readFileSync(file, 'utf8').includes(name))
    expect(missing).toEqual([])
  })

  test('every folder of a wing has its row in ARCHITECTURE', () => {
    const architecture = documents.find(({ path }) => path === 'ARCHITECTURE.md')!.text
    const folders = readdirSync('src', { withFileTypes: true })
      .filter((wing) => wing.isDirectory())
      .flatMap((wing) => readdirSync(join('src', wing.name), { withFileTypes: true }))
      .filter((folder) => folder.isDirectory())
      .map(({ name }) => name)
    expect(folders.filter((name) => !architecture.includes(`| \`${name}\` |`))).toEqual([])
  })

  test('every link between documents leads somewhere', () => {
    const anchorsOf = (text: string) => [
      ...[...text.matchAll(/^#+ (.*)$/gm)].map(([, title]) =>
        title!
          .toLowerCase()
          .replace(/[^\p{L}\p{N}\- ]/gu, '')
          .replaceAll(' ', '-'),
      ),
      ...[...text.matchAll(/<a id="([^"]+)"/g)].map(([, id]) => id!),
    ]
    const broken = documents.flatMap(({ path, text }) =>
      [...text.matchAll(/\]\(([^)]+)\)/g)]
        .map(([, link]) => link!)
        .filter((link) => !/^https?:/.test(link))
        .filter((link) => {
          const [file, anchor] = link.split('#') as [string, string?]
          const target = file ? normalize(join(dirname(path), file)) : path
          if (!existsSync(target)) return true
          return anchor !== undefined && !anchorsOf(readFileSync(target, 'utf8')).includes(anchor)
        })
        .map((link) => `${path}: ${link}`),
    )
    expect(broken).toEqual([])
  })

  test('docs/screens has the pictures that documents show, and no others', () => {
    const shown = documents.flatMap(({ text }) =>
      [...text.matchAll(/screens\/([\w-]+\.png)/g)].map(([, name]) => `docs/screens/${name}`),
    )
    expect(
      readdirSync('docs/screens')
        .map((name) => `docs/screens/${name}`)
        .sort(),
    ).toEqual([...new Set(shown)].sort())
  })
})

describe('numbers', () => {
  test('docs/operating.md has every rate limit, as it is in policies.ts', () => {
    const said = (allowance: Allowance | undefined) => {
      if (!allowance) return ''
      const { tries, seconds } = allowance
      return `${tries} in ${seconds === 3600 ? 'an hour' : `${seconds / 60} minutes`}`
    }
    const actions = Object.entries<Policy>(policies).map(([name, { perSource, perAccountAndSource, perAccount }]) => [
      name,
      ...[perSource, perAccountAndSource, perAccount].map(said),
    ])
    const mails = Object.entries<Allowance>({ ...mailPolicies, ...limitsInDatabase })
    const expected = [...actions, ...mails.map(([name, allowance]) => [name, said(allowance)])]

    const operating = documents.find(({ path }) => path === 'docs/operating.md')!.text
    const section = operating.split(/^## /m).find((part) => part.startsWith('Rate limits'))!
    const rows = section.split('\n').filter((line) => line.startsWith('| `'))
    const written = rows.map((row) => {
      const [name, , ...limits] = row.split('|').slice(1, -1)
      return [name!, ...limits].map((cell) => cell.replaceAll('`', '').trim())
    })
    expect(written.sort()).toEqual(expected.sort())
  })
})
