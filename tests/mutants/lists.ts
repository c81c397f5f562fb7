// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the edits are of source text.

import { type Mutants, migrations } from './mutant'

const search = 'src/platform/db/search.ts'
const searching = 'src/platform/db/search.story.test.ts'
const organizations = 'src/membership/organizations/store.ts'
const lookAlikes = 'src/membership/organizations/look-alikes.story.test.ts'

export const listsMutants: Mutants = {
  'a search looks at accents': {
    edits: [[search, 'searchable(typed) word', 'lower(typed) word']],
    test: [searching, 'by “Núñez José”'],
  },
  'the words of a search have to stand together': {
    edits: [[search, '.flatMap(wordsIn)', '.slice(0, 0).concat(typed)']],
    test: [searching, 'by “Núñez José”'],
  },
  'the dash of a name that was typed has to be there': {
    edits: [[search, '(part.match(letters) ?? [])', '[part]']],
    test: [searching, '“Jean-Luc” finds Jean Luc'],
  },
  'a pasted address is searched as it came': {
    edits: [[search, "'value' in address ? [address.value] : undefined", "'value' in address ? [text] : undefined"]],
    test: [searching, '“tanaka@例え。テスト” finds'],
  },
  'punctuation of names is searched': {
    edits: [
      [migrations.idsAndSearching, "'((?:^| )[^ @]*@[^ ]*)|[-!", "'((?:^| )[^ @]*@[^ ]*|[-!"],
      [migrations.idsAndSearching, "ua8cf]',", "ua8cf])',"],
    ],
    test: [searching, '“jeanmarc” finds'],
  },
  'names that are written without a space have one': {
    edits: [[migrations.accounts, "' ' || replace(last_name || first_name, ' ', '')", "''"]],
    test: [searching, '“김철수” finds'],
  },
  'a domain in other letters is found by its ASCII only': {
    edits: [[migrations.accounts, "|| ' ' || email || ' ' || in_letters(email)", "|| ' ' || email"]],
    test: [searching, '“müller” finds'],
  },
  'wildcards in a search find everyone': {
    edits: [[search, "regexp_replace(word, '([\\\\\\\\%_])', '\\\\\\\\\\\\1', 'g')", 'word']],
    test: [searching, 'by nothing that only looks like a pattern'],
  },
  'hidden characters around a pasted address are refused': {
    edits: [['src/platform/http/fields.ts', 'q: field(500, searched).optional()', 'q: line(0, 500).optional()']],
    test: [searching, 'by an address as it was pasted'],
  },
  'names are sorted by their code points': {
    edits: [[search, 'collate "und-x-icu"', 'collate "C"']],
    test: [searching, 'members come as people sort'],
  },
  'names that look alike pass for new': {
    edits: [[organizations, 'other.looks_like = o.looks_like', 'other.searched = o.searched']],
    test: [lookAlikes, 'are two organizations, and operators see that they look alike'],
  },
  'a person who is no operator learns which organizations exist': {
    edits: [
      [
        organizations,
        "other.state not in ('rejected', 'dissolved') and (select operator from actor)",
        "other.state not in ('rejected', 'dissolved')",
      ],
    ],
    test: [lookAlikes, 'its members do not see this'],
  },
  'a formula with a full-width sign is computed': {
    edits: [['src/messaging/events/csv.ts', '\\uff1d\\uff0b\\uff0d\\uff20', '']],
    test: ['src/messaging/events/csv.test.ts', 'the cell of'],
  },
  'a formula behind a semicolon is computed': {
    edits: [['src/messaging/events/csv.ts', '"$1\'"', '"$1"']],
    test: ['src/messaging/events/csv.test.ts', 'the cell of'],
  },
  'the export does not say that it is UTF-8': {
    edits: [['src/messaging/events/csv.ts', '`\\ufeff${line(columns)}`', 'line(columns)']],
    test: ['src/messaging/events/csv.test.ts', 'begins with the mark'],
  },
  'what is not UTF-8 is guessed': {
    edits: [['src/roles/services/file.ts', "'utf-8', { fatal: true }", "'utf-8'"]],
    test: ['src/roles/services/file.test.ts', 'Latin-1 is refused by its name'],
  },
  'a file in UTF-16 is called no JSON': {
    edits: [['src/roles/services/file.ts', 'if (found) throw', 'if (!found && !bytes) throw']],
    test: ['src/roles/services/file.test.ts', 'UTF-16 of Notepad is refused by its name'],
  },
  'a catalogue of many roles is too large': {
    edits: [
      [
        'src/platform/http/register-route.ts',
        'longBody(endpoint, endpoint.long.bytes',
        'longBody(endpoint, usualBodyLimit',
      ],
    ],
    test: ['src/roles/services/routes.test.ts', 'takes as many services and roles'],
  },
  'long bodies are read from any caller': {
    edits: [
      ['src/platform/http/register-route.ts', 'admit(endpoint, actor, undefined, credential.kind)', 'void actor'],
    ],
    test: ['src/roles/services/routes.test.ts', 'long bodies are read of operators only'],
  },
  'no number is unlimited': {
    edits: [
      [
        'src/roles/services/schema.ts',
        ".nullable()\n    .describe('null for unlimited.')",
        ".describe('null for unlimited.')",
      ],
    ],
    test: ['src/roles/services/routes.test.ts', 'one that is unlimited'],
  },
  'a number needs a unit': {
    edits: [['src/roles/services/schema.ts', "unit: line(0, 20).default('')", 'unit: line(1, 20)']],
    test: ['src/roles/services/routes.test.ts', 'takes a number without a unit'],
  },
  'a date is taken for whole at the first digit of its year': {
    edits: [['portal/ui/date-field.tsx', "value >= '1000'", "value >= '0001'"]],
    test: ['e2e/date-filters.spec.ts', 'keeps its text'],
  },
  'a page leaves out who has the same name as the last one before it': {
    edits: [
      [
        'src/platform/db/page.ts',
        '(${key}, ${id}) > (${value}, ${afterId}::uuid)',
        '${key} > ${value} and ${afterId}::uuid is not null',
      ],
    ],
    test: ['src/platform/http/edges.story.test.ts', 'members by name'],
  },
  'a directory that is in use is opened all the same': {
    edits: [
      [
        'src/platform/db/embedded/lock.ts',
        'if (!server) throw new DirectoryInUse(directory)',
        'if (!server) return async () => {}',
      ],
    ],
    test: ['src/platform/db/embedded/lock.test.ts', 'is one directory'],
  },
  'a URL that the file leaves out stays': {
    edits: [['src/roles/services/store.ts', 'url = excluded.url,', 'url = coalesce(excluded.url, s.url),']],
    test: ['src/roles/services/routes.test.ts', 'a change that leaves them out removes them'],
  },
  'a service can be opened with one role of two': {
    edits: [['portal/active-roles/own-access.tsx', 'usable && service.url !== null', 'service.url !== null']],
    test: ['e2e/services.spec.ts', 'who may use it opens it'],
  },
  'a service can be opened from the past': {
    edits: [['portal/active-roles/page.tsx', 'below={at ? undefined : ofNow}', 'below={ofNow}']],
    test: ['e2e/services.spec.ts', 'who may use it opens it'],
  },
  'the ledger gets no keys of numbers, so everything is sent again': {
    edits: [['migrations/0023_keys_of_numbers.sql', "where desired #> '{quota,limits}' <> '[]'", 'where false']],
    test: ['src/roles/services/limit-keys.story.test.ts', 'sends connected services nothing again'],
  },
  'the migration makes other keys than the program': {
    edits: [['migrations/0023_keys_of_numbers.sql', "'[^a-z0-9]+'", "'[^a-z0-9]'"]],
    test: ['src/roles/services/limit-keys.story.test.ts', 'the migration makes the keys that the program makes'],
  },
  'a file without keys changes the keys of renamed numbers': {
    edits: [['src/roles/services/limit-keys.ts', 'one.name === name && ', 'one.key === name && ']],
    test: ['src/roles/services/limit-keys.test.ts', 'keeps that of the current number of the same name'],
  },
  'the form makes a renamed number another number': {
    edits: [
      ['portal/operator/services/service-form.ts', '...(key !== null && { key }),', '...(!key && { key: undefined }),'],
    ],
    test: ['e2e/services.spec.ts', 'keeps its key when an operator renames it'],
  },
  'of two admins who leave at once neither gets out': {
    edits: [
      [
        'src/membership/memberships/rules.ts',
        '  if (actor.admin && admins === 1) throw',
        '  if (actor.admin && admins < 3) throw',
      ],
    ],
    test: ['tests/races/last-admin.race.test.ts', 'leaving against leaving'],
  },
}
