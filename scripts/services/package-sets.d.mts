/** The database and the overlays of the directory. */
export const ldapModules: string[]
/** What a site needs that asks for a role, and serves files. */
export const apacheModules: string[]
