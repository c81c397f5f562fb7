import { Problem } from './errors'

/** Optimistic concurrency: a decision applies only to the state that the caller saw. */
export function mustBeAsSeen(is: unknown, seen: unknown): void {
  if (is !== seen) throw new Problem('changed_meanwhile')
}
