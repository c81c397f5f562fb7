import { Navigate } from '@tanstack/react-router'
import { useMeQuery } from '../session'
import { NotKnownYet } from '../ui/lost'

/** An invitation link ends here. It never joins: it leads to the form, by way of signing in where that is needed. */
export function JoinPage() {
  const { data: me, error, refetch } = useMeQuery()
  if (me) return <Navigate to="/organization" replace />
  if (me === null) return <Navigate to="/sign-in" search={{ next: '/join' }} replace />
  return <NotKnownYet problem={error} onRetry={refetch} />
}
