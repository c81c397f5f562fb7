import { useFilters } from '../ui/use-filters'

/** The moment that a page shows is part of its address, so that it can be shared. Anything invalid there means now. */
export function usePastMoment(): [string | undefined, (at: string | undefined) => void] {
  const [{ at }, change] = useFilters<{ at?: string }>()
  return [typeof at === 'string' && Date.parse(at) ? at : undefined, (at) => change({ at })]
}
