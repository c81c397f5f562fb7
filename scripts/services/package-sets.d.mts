/** The database and the overlays of the directory. */
export const ldapModules: string[]
