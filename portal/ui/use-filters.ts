import { useLocation, useNavigate } from '@tanstack/react-router'

type Filters = Record<string, string | undefined>

/** A list's filters are stored in the address, so that Back and shared links keep them. */
export function useFilters<F extends Filters>(): [F, (change: Partial<F>) => void] {
  const filters = useLocation().search as F
  const navigate = useNavigate()
  const change = (part: Partial<F>) =>
    void navigate({ to: '.', search: ((old: F) => ({ ...old, ...part })) as never, replace: true, resetScroll: false })
  return [filters, change]
}
