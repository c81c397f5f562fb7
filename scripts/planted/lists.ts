// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the edits are of source text.

import type { Bugs } from './bug'

const search = 'src/db/search.ts'
const searching = 'src/db/search.story.test.ts'
const organizations = 'src/organizations/store.ts'
const lookAlikes = 'src/organizations/look-alikes.story.test.ts'

export const listsBugs: Bugs = {
  'a search looks at accents': {
    edits: [[search, 'searchable(${q})', 'lower(${q})']],
    test: [searching, 'by “Núñez José”'],
  },
  'the words of a search have to stand together': {
    edits: [[search, "'[\\\\s,;]+'", "'[;]+'"]],
    test: [searching, 'by “Núñez José”'],
  },
  'wildcards in a search find everybody': {
    edits: [[search, "regexp_replace(word, '([\\\\\\\\%_])', '\\\\\\\\\\\\1', 'g')", 'word']],
    test: [searching, 'by nothing that only looks like a pattern'],
  },
  'hidden characters around a pasted address are refused': {
    edits: [['src/http/fields.ts', 'q: searchText.optional()', 'q: line(0, 500).optional()']],
    test: [searching, 'by an address as it was pasted'],
  },
  'names are sorted by their code points': {
    edits: [[search, 'collate "und-x-icu"', 'collate "C"']],
    test: [searching, 'members come as people sort'],
  },
  'names that look alike pass for new': {
    edits: [[organizations, 'other.looks_like = o.looks_like', 'other.searched = o.searched']],
    test: [lookAlikes, 'Blue Reef'],
  },
  'who is no operator is told which organizations there are': {
    edits: [
      [
        organizations,
        "other.state not in ('rejected', 'dissolved') and (select operator from actor)",
        "other.state not in ('rejected', 'dissolved')",
      ],
    ],
    test: [lookAlikes, 'its own people are not told'],
  },
}
