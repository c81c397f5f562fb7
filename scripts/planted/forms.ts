import type { Bugs } from './bug'

export const formsBugs: Bugs = {}
