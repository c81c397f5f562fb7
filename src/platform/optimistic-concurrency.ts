import { Problem } from './errors'

/** Optimistic concurrency: no one decides about a state that they did not see. */
export function mustBeAsSeen(is: unknown, seen: unknown): void {
  if (is !== seen) throw new Problem('changed_meanwhile')
}
