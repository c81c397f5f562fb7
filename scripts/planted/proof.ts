import type { Bugs } from './bug'

export const proofBugs: Bugs = {}
