import { count } from '../../ui/person-name'

export const limitInWords = (limit: number | null) => (limit === null ? 'any number' : count(limit, 'member'))
