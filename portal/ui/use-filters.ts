import { useLocation, useNavigate } from '@tanstack/react-router'

type Filters = Record<string, string | undefined>

/** What a list is narrowed to lives in the address, so that going back, and sharing a page, keep it. */
export function useFilters<F extends Filters>(): [F, (change: Partial<F>) => void] {
  const filters = useLocation().search as F
  const navigate = useNavigate()
  const change = (part: Partial<F>) =>
    void navigate({ to: '.', search: ((old: F) => ({ ...old, ...part })) as never, replace: true, resetScroll: false })
  return [filters, change]
}
