import { useFilters } from '../ui/use-filters'

/** The moment that a page looks at lives in its address, so that it can be passed on. What is no moment there is now. */
export function usePastMoment(): [string | undefined, (at: string | undefined) => void] {
  const [{ at }, change] = useFilters<{ at?: string }>()
  return [typeof at === 'string' && Date.parse(at) ? at : undefined, (at) => change({ at })]
}
