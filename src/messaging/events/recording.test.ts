import { expect, test } from 'vitest'
import { type Sql, sql, toStatement } from '../../platform/db/sql'
import { type Author, recordingEvent } from './recording'

const values = (actor: Author) => toStatement(recordingEvent({ kind: 'member_left', actor }, sql`change`)).values
const text = (actor: Author) => toStatement(recordingEvent({ kind: 'member_left', actor }, sql`change`)).text

test.each<[string, Author, unknown[]]>([
  ['a person', { id: 'ana', token: null }, ['ana', null]],
  ['a program', { id: 'ana', token: { id: 'script', scopes: [], ofOrganization: false } }, ['ana', 'script']],
  ['the command line', null, [null, null]],
])('an event names %s', (_, actor, named) => {
  expect(values(actor).slice(1, 3)).toEqual(named)
})

test('an event names the columns of its change', () => {
  expect(text({ id: sql`input.who`, tokenId: sql`input.token` })).toContain('input.who::uuid, input.token::uuid')
})

test('an id without its token is no author', () => {
  const authors: Author[] = [
    // @ts-expect-error A bare id does not say whether there was a token.
    'ana',
    // @ts-expect-error Nor does a column.
    sql`input.who` satisfies Sql,
    // @ts-expect-error An actor has a token, or says that it has none.
    { id: 'ana' },
    // @ts-expect-error So does a row.
    { id: sql`input.who` },
  ]
  expect(authors).toHaveLength(4)
})
