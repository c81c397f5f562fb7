import { counted } from '../../ui/person-name'

export const limitInWords = (limit: number | null) => (limit === null ? 'any number' : counted(limit, 'member'))
