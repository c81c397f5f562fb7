import type { Bugs } from './bug'

export const inputBugs: Bugs = {}
