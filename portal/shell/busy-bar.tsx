import { useRouterState } from '@tanstack/react-router'
import classes from './busy-bar.module.css'

/** While the next page is on its way. It shows after a moment: most pages are there before. */
export function BusyBar() {
  const loading = useRouterState({ select: ({ isLoading }) => isLoading })
  return loading && <div role="progressbar" aria-label="Loading the page" className={classes.bar} />
}
