import type { Bugs } from './bug'

export const serverBugs: Bugs = {}
