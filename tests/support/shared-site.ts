import { afterAll, beforeAll, expect } from 'vitest'
import { openSite, type Site, type SiteOptions } from './site'

/**
 * The site that the tests of a file, or of one `describe`, share: opened before the first of them, and closed after the last,
 * when every invariant has to hold. Options that are known only then come from a function. `beforeAll` of the file runs
 * after it, and `afterAll` before it. Tests that write rows past the statements of the product cannot expect the invariants to
 * hold: they say `unchecked`.
 */
export function sharedSite(
  options: SiteOptions | (() => SiteOptions | Promise<SiteOptions>) = {},
  { unchecked = false } = {},
): Site {
  let opened: Site | undefined
  beforeAll(async () => {
    opened = await openSite(typeof options === 'function' ? await options() : options)
  })
  afterAll(async () => {
    const broken = unchecked ? [] : await opened?.check()
    await opened?.close()
    expect(broken).toEqual([])
  })
  // Tests are written before there is a site.
  return new Proxy({} as Site, {
    get(_, name) {
      if (!opened) throw new Error('The site is not open yet: use it in a test or a hook.')
      return opened[name as keyof Site]
    },
  })
}
