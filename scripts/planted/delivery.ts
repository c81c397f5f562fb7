import type { Bugs } from './bug'

export const deliveryBugs: Bugs = {}
