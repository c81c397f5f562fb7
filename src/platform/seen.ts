import { Problem } from './errors'

/** Nobody decides about what they did not see. */
export function mustBeAsSeen(is: unknown, seen: unknown): void {
  if (is !== seen) throw new Problem('changed_meanwhile')
}
