import { config } from 'zod'

/**
 * Zod looks whether it may compile code at run time. The site's content security policy forbids it, and the mere
 * try is reported as a violation. This has to run before any schema is made, so it is the portal's first import.
 */
config({ jitless: true })
