import type { Bugs } from './bug'

export const accountsBugs: Bugs = {}
