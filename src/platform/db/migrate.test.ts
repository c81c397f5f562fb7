import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readMigrations, statementsOf } from './migrate'

describe('a migration’s statements', () => {
  test.each([
    ['one', 'create table a (id int);\n', ['create table a (id int);\n']],
    ['one without a last line break', 'create table a (id int);', ['create table a (id int);\n']],
    ['two', 'select 1;\nselect 2;\n', ['select 1;\n', 'select 2;\n']],
    ['one of several lines', 'create table a (\n  id int\n);\n', ['create table a (\n  id int\n);\n']],
    ['none, only comments and empty lines', '-- A comment;\n\n-- another\n', []],
    ['with comments between', '-- First;\nselect 1;\n\n-- Second\nselect 2;\n', ['select 1;\n', 'select 2;\n']],
    ['with a comment within', 'select\n-- why;\n1;\n', ['select\n1;\n']],
    ['with spaces after the semicolon', 'select 1;  \nselect 2;\n', ['select 1;  \n', 'select 2;\n']],
    ['with a semicolon in the middle of a line', "select ';' as a;\n", ["select ';' as a;\n"]],
    [
      'with a body, whose semicolons and comments are its own',
      'create function f() returns int as $$\nbegin\n  -- why;\n  return 1;\nend $$;\nselect 2;\n',
      ['create function f() returns int as $$\nbegin\n  -- why;\n  return 1;\nend $$;\n', 'select 2;\n'],
    ],
    [
      'with a body on one line',
      'create function f() returns int as $$ select 1; $$ language sql;\nselect 2;\n',
      ['create function f() returns int as $$ select 1; $$ language sql;\n', 'select 2;\n'],
    ],
    ['with an empty line in a body', 'do $$\n\nbegin\n\nend $$;\n', ['do $$\n\nbegin\n\nend $$;\n']],
  ])('%s', (_, text, statements) => {
    expect(statementsOf(text)).toEqual(statements)
  })

  test.each(['select 1', 'select 1;\nselect 2', 'do $$\nbegin\n  select 1;\n'])(
    'that do not end are refused: %j',
    (text) => {
      expect(() => statementsOf(text)).toThrow('a migration ends in the middle of a statement')
    },
  )
})

describe('the migrations there are', () => {
  const migrations = readMigrations('migrations')

  test('are numbered without a gap', () => {
    expect(migrations.map(({ name }) => name.slice(0, 4))).toEqual(
      migrations.map((_, index) => String(index + 1).padStart(4, '0')),
    )
  })

  test('lose nothing in being taken apart', () => {
    for (const { text } of migrations) {
      const statements = statementsOf(text)
      expect(statements.length).toBeGreaterThan(0)
      for (const statement of statements) {
        expect(statement.trimEnd()).toMatch(/;$/)
        expect((statement.match(/\$\$/g)?.length ?? 0) % 2).toBe(0)
        expect(statement).toMatch(/^(create|comment|alter|insert|update|delete|drop|grant)\b/)
      }
    }
  })

  test('begin and end no transaction of their own', () => {
    for (const { text } of migrations)
      for (const statement of statementsOf(text))
        expect(statement).not.toMatch(/^(begin|commit|rollback|vacuum|create (unique )?index concurrently)\b/i)
  })
})

describe('a folder of migrations', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'guildhall-migrations-'))
    for (const name of ['0002_b.sql', '0001_a.sql', '0010_c.sql', 'schema.sql', '0003_d.sql.orig', 'README.md'])
      writeFileSync(join(folder, name), `-- ${name}\n`)
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  test('is read in the order of its numbers, without what is none', () => {
    expect(readMigrations(folder)).toEqual([
      { name: '0001_a.sql', text: '-- 0001_a.sql\n' },
      { name: '0002_b.sql', text: '-- 0002_b.sql\n' },
      { name: '0010_c.sql', text: '-- 0010_c.sql\n' },
    ])
  })
})
