import type { CatalogueLimit, Limit } from './schema'

const longest = 63

/**
 * The key of a number whose key is not given: its name in lowercase letters without accents, digits and dashes. Migration
 * 0023 makes the same keys in SQL, and must never differ: a test compares the two.
 */
function keyFromName(name: string): string {
  const letters = name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
  const words = letters.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '')
  return words.slice(0, longest).replace(/-$/, '') || 'number'
}

/** The key, with a number behind it if another number of the role has it already. */
function unusedKey(key: string, used: Set<string>): string {
  let unused = key
  for (let count = 2; used.has(unused); count++) unused = `${key.slice(0, longest - `-${count}`.length)}-${count}`
  return unused
}

/**
 * The numbers with their keys. A number without a key is the current number of the same name, whose key it keeps, so that
 * a file without keys changes none. If there is no such number, it gets a key made from its name.
 */
export function withKeys(wanted: CatalogueLimit[], current: Limit[]): Limit[] {
  const used = new Set(wanted.flatMap(({ key }) => key ?? []))
  const use = (key: string) => {
    used.add(key)
    return key
  }
  const keys = wanted.map(({ key, name }) => {
    const known = key ?? current.find((one) => one.name === name && !used.has(one.key))?.key
    return known && use(known)
  })
  return wanted.map((limit, place) => ({
    ...limit,
    key: keys[place] ?? use(unusedKey(keyFromName(limit.name), used)),
  }))
}
