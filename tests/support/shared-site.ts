import { afterAll, beforeAll, expect } from 'vitest'
import { openSite, type Site, type SiteOptions } from './site'

/**
 * The site that the tests of a file, or of one `describe`, share. It opens before the first test and closes after the
 * last, when every invariant must hold. Options that are known only then come from a function. The file's `beforeAll`
 * runs after it opens, and `afterAll` before it closes. Tests that write rows without the product's statements may
 * break invariants, so they set `unchecked`.
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
  // Tests are defined before the site exists.
  return new Proxy({} as Site, {
    get(_, name) {
      if (!opened) throw new Error('The site is not open yet: use it in a test or a hook.')
      return opened[name as keyof Site]
    },
  })
}
