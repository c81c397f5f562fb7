import { Navigate } from '@tanstack/react-router'
import { useMeQuery } from '../session'
import { SignedOutFrame } from '../ui/signed-out-frame'
import { Failed, Loading } from '../ui/states'

/** An invitation link ends here. It never joins: it leads to the form, by way of signing in where that is needed. */
export function JoinPage() {
  const { data: me, error, refetch } = useMeQuery()
  if (me) return <Navigate to="/organization" replace />
  if (me === null) return <Navigate to="/sign-in" search={{ next: '/join' }} replace />
  return <SignedOutFrame>{error ? <Failed problem={error} onRetry={refetch} /> : <Loading />}</SignedOutFrame>
}
