import type { Bugs } from './bug'

export const codesBugs: Bugs = {}
