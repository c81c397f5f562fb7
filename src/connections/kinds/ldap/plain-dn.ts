/** A DN in one form: directories do not tell capitals and spaces apart. */
export const plainDn = (dn: string): string => dn.toLowerCase().replace(/\s*([,=])\s*/g, '$1')
