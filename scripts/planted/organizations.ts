import type { Bugs } from './bug'

export const organizationsBugs: Bugs = {}
