import { useRouterState } from '@tanstack/react-router'
import { t } from '../../src/platform/messages/t'
import classes from './busy-bar.module.css'

/** Shown while the next page loads, after a short delay: most pages load faster than that. */
export function BusyBar() {
  const loading = useRouterState({ select: ({ isLoading }) => isLoading })
  return loading && <div role="progressbar" aria-label={t('Loading page')} className={classes.bar} />
}
