import type { Bugs } from './bug'

export const listsBugs: Bugs = {}
